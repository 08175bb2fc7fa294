package trainyard.scenario.section;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Weibull;
import trainyard.sim.units.Dimension;

/** One entry of {@code life.faults.causes}. */
public final class CauseSection {

    private static final Map<String, Scope> SCOPES = words(Scope.class, scope -> scope != Scope.STORAGE);
    private static final Map<String, Visibility> VISIBILITIES = words(Visibility.class, Visibility::stopsJob);

    public static final Field<Scope> SCOPE = Field.of(
                    "scope",
                    new ChoiceType<>("scope", Problem.Kind.VALUE, SCOPES),
                    "What one fault strikes: a `gpu` or a `link` (a network port; the node cannot be used without it), a"
                            + " `node`, all nodes of a leaf `switch`, a `rack` or a `power` unit, the `job` wherever it"
                            + " runs, or the whole `cluster`.")
            .orElse("node");
    public static final Field<Double> MTBF = Field.of(
                    "mtbf",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time between two faults of one component of that scope, not of the cluster.")
            .asRequired();
    public static final Field<Double> SHAPE = Field.of(
                    "shape",
                    new NumberType(0.1, 20),
                    "Weibull shape of that time: 1 is exponential; below 1 new parts fail early, above 1 parts wear out."
                            + " Only the part that failed is new afterwards.")
            .orElse("1");
    public static final Field<Damage> DAMAGE = Field.of(
                    "damage",
                    ChoiceType.of("damage", Damage.class),
                    "What is lost: `process` (GPU memory), `restart` (host memory too), `node` (the node is out until it is"
                            + " repaired).")
            .orElse("node");
    public static final Field<Visibility> VISIBILITY = Field.of(
                    "visibility",
                    new ChoiceType<>("visibility", Problem.Kind.VALUE, VISIBILITIES),
                    "`explicit` faults end a process, a `hang` is noticed by a timeout only.")
            .orElse("explicit");
    public static final Field<Double> REPAIR = Field.of(
                    "repair", QuantityType.of(Dimension.DURATION), "Mean time of the repair of a node.")
            .orElse("24 h");
    public static final Field<Double> REPAIR_CV = Field.of(
                    "repair-cv",
                    new NumberType(0, 20),
                    "Coefficient of variation of the repair time, which is lognormal; 0 for a fixed time.")
            .orElse("0");

    public static final Section SECTION = Section.of(
            "life.faults.causes", "One cause of faults.", SCOPE, MTBF, SHAPE, DAMAGE, VISIBILITY, REPAIR, REPAIR_CV);

    private CauseSection() {}

    private static <E extends Enum<E>> Map<String, E> words(Class<E> type, Predicate<E> allowed) {
        return Arrays.stream(type.getEnumConstants())
                .filter(allowed)
                .collect(Collectors.toMap(ChoiceType::word, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    static FaultCause bind(String name, Values values) {
        double mtbf = values.get(MTBF);
        double shape = values.get(SHAPE);
        double repair = values.get(REPAIR);
        double cv = values.get(REPAIR_CV);
        String source = values.setting(MTBF).map(setting -> setting.source()).orElse("");
        return new FaultCause(
                name,
                values.get(SCOPE),
                shape == 1 ? new Exponential(mtbf) : Weibull.withMean(mtbf, shape),
                values.get(VISIBILITY),
                values.get(DAMAGE),
                cv == 0 || repair == 0 ? new Fixed(repair) : new LogNormal(repair, cv),
                new Provenance(
                        Provenance.Kind.USER,
                        Optional.of(source).filter(text -> !text.isEmpty()).orElse("the scenario"),
                        ""));
    }

    /** A cause whose faults are so many times as frequent. */
    static FaultCause scaled(FaultCause cause, double factor) {
        return factor == 1 ? cause : cause.with(cause.secondsBetween().times(1 / factor));
    }
}
