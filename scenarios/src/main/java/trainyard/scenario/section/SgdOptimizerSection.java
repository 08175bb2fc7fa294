package trainyard.scenario.section;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.StalenessPolicy;

/** {@code sgd.optimizer}: how gradients change parameters. */
public final class SgdOptimizerSection {

    /** What is done about late gradients. */
    public enum Late {
        IGNORE,
        INVERSE,
        POLYNOMIAL,
        THRESHOLD,
        BUDGET
    }

    public static final Field<Optional<Double>> RATE = Field.of(
                    "rate",
                    new AutoType<>(new NumberType(1e-12, 1e6)),
                    "Learning rate. `auto`: the best one by trial runs of this rule, on seeds of their own; see `tuning`.")
            .orElse("auto");
    public static final Field<Double> MOMENTUM = Field.of(
                    "momentum", new NumberType(0, 0.9999), "Heavy-ball momentum of the shared parameters.")
            .orElse("0");
    public static final Field<Boolean> MOMENTUM_CORRECTION = Field.of(
                    "momentum-correction",
                    new FlagType(),
                    "Whether momentum is lowered by what asynchrony of P workers adds by itself, 1 - 1/P (Mitliagkas et al. 2016).")
            .orElse("false");
    public static final Field<Boolean> NESTEROV = Field.of("nesterov", new FlagType(), "Whether momentum looks ahead.")
            .orElse("false");
    public static final Field<Double> WEIGHT_DECAY = Field.of(
                    "weight-decay", new NumberType(0, 1), "Pull of every parameter towards 0, times the learning rate.")
            .orElse("0");
    public static final Field<Late> LATE = Field.of(
                    "late",
                    ChoiceType.of("policy", Late.class),
                    "How much gradients of a staleness tau count: all alike, 1/tau of them, (1 + tau) to the power of"
                            + " -`late-exponent`, the number of workers over tau where that is below 1, or as much as steps since then"
                            + " leave of one whole step.")
            .orElse("ignore");
    public static final Field<Double> LATE_EXPONENT = Field.of("late-exponent", new NumberType(0, 10), "The exponent.")
            .orElse("0.5")
            .only(Use.with(LATE, Late.POLYNOMIAL));

    public static final Field<Double> FROM = Field.of(
                    "from", new NumberType(1e-9, 1e6), "Least rate that is tried at first.")
            .orElse("0.02");
    public static final Field<Double> TO = Field.of(
                    "to", new NumberType(1e-9, 1e6), "Greatest rate that is tried at first, by factors of 2.")
            .orElse("1.28");
    public static final Field<Long> RUNS = Field.of("runs", IntegerType.between(1, 100), "Trial runs of each rate.")
            .orElse("3");

    private static final Section TUNING_SECTION = Section.of(
            "sgd.optimizer.tuning",
            "How the best learning rate is looked for: rates by factors of 2, further ones until the best is not at an end, then by"
                    + " factors of the root of 2 around it. A run is judged by when it reaches the target, else by its loss.",
            FROM,
            TO,
            RUNS);

    public static final Field<Values> TUNING = Field.of(
                    "tuning", TUNING_SECTION, "How the best learning rate is looked for.")
            .orElse("");

    public static final Section SECTION = Section.of(
            "sgd.optimizer",
            "How gradients change parameters.",
            RATE,
            TUNING,
            MOMENTUM,
            MOMENTUM_CORRECTION,
            NESTEROV,
            WEIGHT_DECAY,
            LATE,
            LATE_EXPONENT);

    private SgdOptimizerSection() {}

    /** The optimizer for a number of workers. */
    public static Optimizer bind(Values values, int workers) {
        Optimizer stated = new Optimizer(values.get(MOMENTUM), values.get(NESTEROV), values.get(WEIGHT_DECAY));
        return values.get(MOMENTUM_CORRECTION) ? stated.correctedForAsynchrony(workers) : stated;
    }

    /** How much late gradients count among a number of workers. */
    public static StalenessPolicy staleness(Values values, int workers) {
        return switch (values.get(LATE)) {
            case IGNORE -> new StalenessPolicy.Ignore();
            case INVERSE -> new StalenessPolicy.Inverse();
            case POLYNOMIAL -> new StalenessPolicy.Polynomial(values.get(LATE_EXPONENT));
            case THRESHOLD -> new StalenessPolicy.Threshold(workers);
            case BUDGET -> new StalenessPolicy.Budget(1);
        };
    }
}
