package trainyard.scenario.section.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.faults.cause.Burst;
import trainyard.faults.cause.Scope;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.sim.units.Dimension;

/** {@code life.faults.causes.*.burst}: faults that set off others. */
final class BurstSection {

    private static final Map<String, Scope> DOMAINS = domains();

    static final Field<Scope> DOMAIN = Field.of(
                    "domain",
                    new ChoiceType<>("domain", Problem.Kind.VALUE, DOMAINS),
                    "Which other components of the cause may follow: those on the same leaf `switch`, in the same `rack`, on"
                            + " the same `power` unit, or all of the `cluster`.")
            .orElse("rack");
    static final Field<Double> PROBABILITY = Field.of(
                    "probability", new NumberType(1e-9, 1), "Chance of each of them to follow.")
            .asRequired();
    static final Field<Double> WITHIN = Field.of(
                    "within",
                    QuantityType.of(Dimension.DURATION),
                    "Time within which they do, equally likely at any moment of it.")
            .orElse("5 min");

    static final Section SECTION = Section.of(
            "life.faults.causes.burst",
            "Other components that a fault of the cause sets off. Those that follow set off none; `mtbf` counts the faults"
                    + " that come by themselves.",
            DOMAIN,
            PROBABILITY,
            WITHIN);

    private BurstSection() {}

    private static Map<String, Scope> domains() {
        Map<String, Scope> domains = new LinkedHashMap<>();
        for (Scope scope : List.of(Scope.SWITCH, Scope.RACK, Scope.POWER, Scope.CLUSTER)) {
            domains.put(ChoiceType.word(scope), scope);
        }
        return domains;
    }

    static Burst bind(Values values) {
        return new Burst(values.get(DOMAIN), values.get(PROBABILITY), values.get(WITHIN));
    }
}
