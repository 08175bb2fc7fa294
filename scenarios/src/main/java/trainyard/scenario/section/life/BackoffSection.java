package trainyard.scenario.section.life;

import java.util.Optional;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.Jitter;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;

/** {@code backoff}: waits between tries. */
public final class BackoffSection {

    private static final double MOST_SECONDS = 50.0 * 365 * 24 * 3600;

    /** Waits whose lengths are added up where tries are not counted. */
    private static final long UNCOUNTED = 3;

    public static final Field<Double> BASE = Field.of(
                    "base", QuantityType.of(Dimension.DURATION), "Wait after the first failure.")
            .orElse("1 s");
    public static final Field<Double> FACTOR = Field.of(
                    "factor", new NumberType(1, 1000), "Growth of the wait from one failure to the next.")
            .orElse("2");
    public static final Field<Optional<Double>> CAP = Field.of(
                    "cap", new NoneType<>(QuantityType.of(Dimension.DURATION)), "Longest wait.")
            .orElse("none");
    public static final Field<Long> TRIES = Field.of(
                    "tries", IntegerType.between(1, 10_000), "Tries in all; no wait follows the last.")
            .orElse("3");
    public static final Field<Jitter> JITTER = Field.of(
                    "jitter",
                    ChoiceType.of("jitter", Jitter.class),
                    "`none`: the stated wait. `full`: uniform between 0 and it. `equal`: half of it and uniform up to it.")
            .orElse("none");

    private BackoffSection() {}

    /** A section of these keys under a name of its own. */
    static Section section(String name, String doc) {
        return Section.of(name, doc, BASE, FACTOR, CAP, TRIES, JITTER);
    }

    /** The same without {@code tries}, for waits that go on for ever. */
    static Section endless(String name, String doc) {
        return Section.of(name, doc, BASE, FACTOR, CAP, JITTER);
    }

    /**
     * The rule.
     *
     * @throws ScenarioException if all waits together are longer than any clock holds
     */
    public static BackoffRule bind(Values values) {
        BackoffRule rule = new BackoffRule(
                values.get(BASE),
                values.get(FACTOR),
                values.get(CAP).orElse(Double.POSITIVE_INFINITY),
                Math.toIntExact(values.find(TRIES).orElse(UNCOUNTED)),
                values.get(JITTER));
        if (rule.budgetSeconds() > MOST_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.VALUE,
                    "all waits together come to more than 50 years",
                    "write a cap, or fewer tries"));
        }
        return rule;
    }
}
