package trainyard.scenario.section.cluster;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Gamma;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Normal;
import trainyard.sim.random.Pareto;
import trainyard.sim.random.ShiftedExponential;

/** {@code cluster.condition.jitter}: compute times that vary by chance. */
public final class JitterSection {

    /** Families of distributions with a mean of 1 and the spread that is stated. */
    enum Family {
        LOGNORMAL,
        GAMMA,
        NORMAL,
        SHIFTED_EXPONENTIAL,
        PARETO
    }

    static final Field<Double> CV = Field.of(
                    "cv",
                    new NumberType(0.0001, 1),
                    "Coefficient of variation: standard deviation over mean of the time that a micro-batch takes on a GPU.")
            .asRequired();
    static final Field<Family> DISTRIBUTION = Field.of(
                    "distribution",
                    ChoiceType.of("distribution", Family.class),
                    "How the times are distributed. The mean is the time without jitter; `shifted-exponential` is a least time"
                            + " plus an exponential part, `pareto` a least time with a tail that falls by a power, `normal` takes a `cv` of 0.2 at most.")
            .orElse("lognormal");

    static final Section SECTION =
            Section.of("cluster.condition.jitter", "Compute times that vary by chance.", CV, DISTRIBUTION);

    private JitterSection() {}

    /**
     * The factor on each compute time; its mean is 1.
     *
     * @throws ScenarioException if it would often be below 0
     */
    public static Distribution factor(Values values) {
        double cv = values.get(CV);
        return switch (values.get(DISTRIBUTION)) {
            case LOGNORMAL -> new LogNormal(1, cv);
            case GAMMA -> Gamma.withMean(1, cv);
            case NORMAL -> normal(values, cv);
            case SHIFTED_EXPONENTIAL -> new ShiftedExponential(1 - cv, cv);
            case PARETO -> Pareto.withMean(1, cv);
        };
    }

    /** A wider one would often draw times below 0. */
    private static Distribution normal(Values values, double cv) {
        if (cv > Normal.MOST_CV) {
            throw new ScenarioException(Problem.at(
                    values.position(CV),
                    Problem.Kind.VALUE,
                    "normal times with a cv of " + cv + " would often be below 0",
                    "write a cv of " + Normal.MOST_CV + " at most, or distribution: lognormal"));
        }
        return new Normal(1, cv);
    }
}
