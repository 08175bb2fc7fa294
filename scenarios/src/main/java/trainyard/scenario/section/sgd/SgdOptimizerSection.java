package trainyard.scenario.section.sgd;

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
import trainyard.training.optimizer.Adam;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.optimizer.StalenessPolicy;

/** {@code sgd.optimizer}: how gradients change parameters. */
public final class SgdOptimizerSection {

    /** Where the search for a rate begins. Assumed: below the usual 0.1 of SGD, and the 0.001 of Kingma and Ba 2015. */
    private static final double LEAST_OF_SGD = 0.02;

    private static final double LEAST_OF_ADAM = 0.0005;
    private static final double FIRST_SPAN = 64;

    /** Optimizers. */
    public enum Kind {
        SGD,
        ADAM,
        ADAMW
    }

    /** What is done about late gradients. */
    public enum Late {
        IGNORE,
        INVERSE,
        POLYNOMIAL,
        THRESHOLD,
        BUDGET
    }

    public static final Field<Kind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("optimizer", Kind.class),
                    "`sgd`: plain steps, or with `momentum`. `adam`: each parameter by its mean gradient over the root of its mean square"
                            + " (Kingma and Ba 2015). `adamw`: that, with `weight-decay` apart from both (Loshchilov and Hutter 2019). Under"
                            + " rules with local steps it is the optimizer of each worker, else that of the shared parameters.")
            .orElse("sgd");

    private static final Use WITH_MOMENTUM = Use.with(KIND, Kind.SGD);
    private static final Use WITH_MOMENTS = Use.with(KIND, Kind.ADAM, Kind.ADAMW);

    public static final Field<Optional<Double>> RATE = Field.of(
                    "rate",
                    new AutoType<>(new NumberType(1e-12, 1e6)),
                    "Learning rate. `auto`: the best one by trial runs of this rule, on seeds of their own; see `tuning`.")
            .orElse("auto");
    public static final Field<Double> MOMENTUM = Field.of(
                    "momentum",
                    new NumberType(0, 0.9999),
                    "Heavy-ball momentum of the parameters that gradients change.")
            .orElse("0")
            .only(WITH_MOMENTUM);
    public static final Field<Boolean> MOMENTUM_CORRECTION = Field.of(
                    "momentum-correction",
                    new FlagType(),
                    "Whether momentum is lowered by what asynchrony of P workers adds by itself, 1 - 1/P (Mitliagkas et al. 2016).")
            .orElse("false")
            .only(WITH_MOMENTUM.and(Use.beside(MOMENTUM)));
    public static final Field<Boolean> NESTEROV = Field.of("nesterov", new FlagType(), "Whether momentum looks ahead.")
            .orElse("false")
            .only(WITH_MOMENTUM.and(Use.beside(MOMENTUM)));
    public static final Field<Double> BETA1 = Field.of(
                    "beta1", new NumberType(0, 0.9999), "Share of the mean gradient that a step keeps.")
            .orElse("0.9")
            .only(WITH_MOMENTS);
    public static final Field<Double> BETA2 = Field.of(
                    "beta2", new NumberType(0, 0.999999), "Share of the mean square that a step keeps.")
            .orElse("0.999")
            .only(WITH_MOMENTS);
    public static final Field<Double> EPSILON = Field.of(
                    "epsilon", new NumberType(1e-16, 1), "Added to the root of the mean square.")
            .orElse("1e-8")
            .only(WITH_MOMENTS);
    public static final Field<Double> WEIGHT_DECAY = Field.of(
                    "weight-decay",
                    new NumberType(0, 1),
                    "Pull of every parameter towards 0, times the learning rate. Of `adam` it is part of the gradient.")
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
            "from",
            new NumberType(1e-9, 1e6),
            "Least rate that is tried at first. Left out: 0.02, and 0.0005 of `adam` and `adamw`.");
    public static final Field<Double> TO = Field.of(
            "to",
            new NumberType(1e-9, 1e6),
            "Greatest rate that is tried at first, by factors of 2. Left out: 64 times 0.02 or 0.0005.");
    public static final Field<Long> RUNS = Field.of("runs", IntegerType.between(1, 100), "Trial runs of each rate.")
            .orElse("3");

    private static final Section TUNING_SECTION = Section.of(
            "sgd.optimizer.tuning",
            "How the best learning rate is looked for: rates by factors of 2, further ones until the best is not at an end, then by"
                    + " factors of the root of 2 around it. A run is judged by when it reaches the target, else by its loss.",
            FROM,
            TO,
            RUNS);

    public static final Field<Values> SCHEDULE = Field.of(
                    "schedule", SgdScheduleSection.SECTION, "How the learning rate goes along the run.")
            .orElse("");

    public static final Field<Values> TUNING = Field.of(
                    "tuning", TUNING_SECTION, "How the best learning rate is looked for.")
            .orElse("")
            .only(Use.with("rate", "auto"));

    public static final Section SECTION = Section.of(
            "sgd.optimizer",
            "How gradients change parameters.",
            KIND,
            RATE,
            TUNING,
            SCHEDULE,
            MOMENTUM,
            MOMENTUM_CORRECTION,
            NESTEROV,
            BETA1,
            BETA2,
            EPSILON,
            WEIGHT_DECAY,
            LATE,
            LATE_EXPONENT);

    private SgdOptimizerSection() {}

    /** The optimizer for a number of workers. */
    public static Optimizer bind(Values values, int workers) {
        return switch (values.get(KIND)) {
            case SGD -> sgd(values, workers);
            case ADAM -> adam(values, false);
            case ADAMW -> adam(values, true);
        };
    }

    private static Sgd sgd(Values values, int workers) {
        Sgd stated = new Sgd(values.get(MOMENTUM), values.get(NESTEROV), values.get(WEIGHT_DECAY));
        return values.get(MOMENTUM_CORRECTION) ? stated.correctedForAsynchrony(workers) : stated;
    }

    private static Adam adam(Values values, boolean isDecoupled) {
        return new Adam(
                values.get(BETA1), values.get(BETA2), values.get(EPSILON), values.get(WEIGHT_DECAY), isDecoupled);
    }

    /** The learning rate with its schedule; of a rate that is looked for any base. */
    public static LearningRate rate(Values values) {
        return SgdScheduleSection.bind(values.get(SCHEDULE), values.get(RATE).orElse(1.0));
    }

    /** The least rate that is tried at first. */
    public static double from(Values values) {
        return values.get(TUNING).find(FROM).orElse(least(values));
    }

    /** The greatest rate that is tried at first. */
    public static double to(Values values) {
        return values.get(TUNING).find(TO).orElse(FIRST_SPAN * least(values));
    }

    private static double least(Values values) {
        return values.get(KIND) == Kind.SGD ? LEAST_OF_SGD : LEAST_OF_ADAM;
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
