package trainyard.scenario.section.sgd;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Pareto;
import trainyard.sim.random.ShiftedExponential;
import trainyard.sim.units.Dimension;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.clock.ComputeLaw.SlowSpells;

/** {@code sgd.compute}: how long workers compute a gradient. */
public final class SgdComputeSection {

    /** Laws of the time of one gradient. */
    public enum Law {
        FIXED,
        LOGNORMAL,
        SHIFTED_EXPONENTIAL,
        EXPONENTIAL,
        PARETO
    }

    public static final Field<Double> TIME = Field.of(
                    "time",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time of one gradient of a worker as fast as most.")
            .orElse("1 s");
    public static final Field<Law> LAW = Field.of(
                    "law",
                    ChoiceType.of("law", Law.class),
                    "How it varies from one gradient to the next. Measured times vary little: an exponential law makes staleness"
                            + " vary twenty times as much as in logs of real runs. Of `pareto` the tail falls by a power of the time, so that now and then a"
                            + " gradient takes many times the mean.")
            .orElse("lognormal");
    public static final Field<Double> CV = Field.of(
                    "cv",
                    new NumberType(0.0001, 10),
                    "Standard deviation over mean; of `shifted-exponential` at most 1. With a machine whose processes were measured at"
                            + " once, as many as there are workers, the default is what was measured.")
            .orElse("0.2")
            .only(Use.with(LAW, Law.LOGNORMAL, Law.SHIFTED_EXPONENTIAL, Law.PARETO));
    public static final Field<Long> SLOW_WORKERS = Field.of(
                    "slow-workers",
                    IntegerType.of("workers", 0, 100_000),
                    "Workers, the last ones, that are slow all the time.")
            .orElse("0 workers");
    public static final Field<Double> SLOW_FACTOR = Field.of(
                    "slow-factor", new NumberType(1, 1000), "How many times as long they take.")
            .orElse("2")
            .only(Use.beside(SLOW_WORKERS));
    public static final Field<Double> SPELL_SHARE = Field.of(
                    "spell-share",
                    new NumberType(0, 0.99),
                    "Share of the time that each worker is slow, in spells that come and go.")
            .orElse("0");
    public static final Field<Double> SPELL_LENGTH = Field.of(
                    "spell-length", QuantityType.positive(Dimension.DURATION), "Mean length of a slow spell.")
            .orElse("30 s")
            .only(Use.beside(SPELL_SHARE));
    public static final Field<Double> SPELL_FACTOR = Field.of(
                    "spell-factor",
                    new NumberType(1, 1000),
                    "How many times as long a gradient takes that starts within one.")
            .orElse("3")
            .only(Use.beside(SPELL_SHARE));
    public static final Field<Double> FLOPS = Field.of(
            "flops",
            QuantityType.positive(Dimension.COMPUTE),
            "Model FLOPs of one gradient of one worker, of the model that the problem stands for. With a `cluster` the run then tells"
                    + " its MFU, against the dense bf16 peak of the GPUs.");
    public static final Field<Boolean> STAGGER = Field.of(
                    "stagger",
                    new FlagType(),
                    "Whether worker i of P starts i/P of the mean time late, so that equal workers do not push at the same moment.")
            .orElse("false");

    public static final Section SECTION = Section.of(
            "sgd.compute",
            "How long workers compute one gradient. Each worker draws from a stream of its own, so its j-th gradient takes the same"
                    + " time under every rule.",
            TIME,
            LAW,
            CV,
            SLOW_WORKERS,
            SLOW_FACTOR,
            SPELL_SHARE,
            SPELL_LENGTH,
            SPELL_FACTOR,
            FLOPS,
            STAGGER);

    private SgdComputeSection() {}

    /**
     * What a measured machine takes, in place of the stated time.
     *
     * @param seconds mean time of a gradient
     * @param cv standard deviation over mean, in place of the one that is not written; empty where it was not measured
     */
    public record MeasuredGradient(double seconds, OptionalDouble cv) {}

    /**
     * How long workers take.
     *
     * @param measured of a machine that the scenario names
     * @throws ScenarioException if no such law varies so much
     */
    public static ComputeLaw bind(Values values, int workers, Optional<MeasuredGradient> measured) {
        SgdSection.requireSome(values, SLOW_WORKERS, workers);
        Map<Integer, Double> slower = new HashMap<>();
        for (int i = 0; i < values.get(SLOW_WORKERS); i++) {
            slower.put(workers - 1 - i, values.get(SLOW_FACTOR));
        }
        double mean = measured.map(MeasuredGradient::seconds).orElse(values.get(TIME));
        double stated = values.find(CV).orElse(0.0);
        double cv = values.isWritten(CV)
                ? stated
                : measured.map(one -> one.cv().orElse(stated)).orElse(stated);
        return new ComputeLaw(law(values, mean, cv), slower, spells(values), values.get(STAGGER));
    }

    private static Distribution law(Values values, double mean, double cv) {
        if (values.get(LAW) == Law.SHIFTED_EXPONENTIAL && cv > 1) {
            throw new ScenarioException(Problem.at(
                    values.position(CV),
                    Problem.Kind.VALUE,
                    "times of a least value and an exponential excess vary by no more than their mean, a cv of 1, not "
                            + cv,
                    "write cv: 1, or law: lognormal"));
        }
        return switch (values.get(LAW)) {
            case FIXED -> new Fixed(mean);
            case EXPONENTIAL -> new Exponential(mean);
            case LOGNORMAL -> new LogNormal(mean, cv);
            case SHIFTED_EXPONENTIAL -> new ShiftedExponential(mean * (1 - cv), mean * cv);
            case PARETO -> Pareto.withMean(mean, cv);
        };
    }

    private static Optional<SlowSpells> spells(Values values) {
        double share = values.get(SPELL_SHARE);
        double slow = values.get(SPELL_LENGTH);
        return share == 0
                ? Optional.empty()
                : Optional.of(new SlowSpells(slow * (1 - share) / share, slow, values.get(SPELL_FACTOR)));
    }
}
