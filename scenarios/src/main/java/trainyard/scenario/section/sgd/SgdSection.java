package trainyard.scenario.section.sgd;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.preset.ProfileFile;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.units.Dimension;

/** {@code sgd}: training with real gradients on the virtual clock. */
public final class SgdSection {

    /** What differs between replications. */
    public enum Chance {
        ALL,
        TIMES
    }

    public static final Field<Values> PROBLEM =
            Field.of("problem", SgdProblemSection.SECTION, "What is trained.").orElse("");
    public static final Field<Long> WORKERS = Field.of(
                    "workers", IntegerType.of("workers", 1, 4096), "Workers, each of which computes gradients.")
            .orElse("8 workers");
    public static final Field<Long> BATCH = Field.of(
                    "batch", IntegerType.of("examples", 1, 1_000_000), "Examples of one gradient of one worker.")
            .orElse("16 examples");
    public static final Field<Values> RULE =
            Field.of("rule", SgdRuleSection.SECTION, "The update rule.").orElse("");
    public static final Field<Values> LOST = Field.of(
            "lost", SgdLostSection.SECTION, "Workers of the rule `sync` that fail for good. Left out: none does.");
    public static final Field<Values> COMPUTE = Field.of(
                    "compute", SgdComputeSection.SECTION, "How long workers compute.")
            .orElse("");
    public static final Field<String> MACHINE = Field.of(
            "machine",
            TextType.ANY,
            "Profile of a measured machine, as `trainyard calibrate` writes it: a file relative to the folder of the scenario, or"
                    + " the name of one that comes with Trainyard. Its fit of this kind of network gives the mean time of a"
                    + " gradient in place of `compute.time`, and its link between processes the time of exchange.");
    public static final Field<String> RECORDING = Field.of(
            "recording",
            TextType.ANY,
            "A run that `trainyard measure` recorded, relative to the folder of the scenario: nothing is simulated, and metrics"
                    + " and charts tell the recorded run. It has no accuracy. Where several runs were recorded (`--repeat`), each"
                    + " replication tells one of them; a single one stands for all.");
    public static final Field<String> CORE_SPEEDS = Field.of(
                    "core-speeds",
                    TextType.ANY,
                    "A recording of `trainyard measure`, relative to the folder of the scenario, that tells how fast the core of each"
                            + " worker was: simulated gradients and exchange take as much longer than on the quiet machine of the"
                            + " profile, and vary as they did. Each replication has the cores of one recorded run; a single one stands for all.")
            .only(Use.beside(MACHINE));
    public static final Field<Values> OPTIMIZER = Field.of(
                    "optimizer", SgdOptimizerSection.SECTION, "How gradients change parameters.")
            .orElse("");
    public static final Field<Values> GRADIENT = Field.of(
                    "gradient", SgdGradientSection.SECTION, "What happens to a gradient on its way.")
            .orElse("");
    public static final Field<Values> LINKS = Field.of(
            "links",
            SgdLinksSection.SECTION,
            "What each worker has between it and the network. Left out: nothing that takes time.");
    public static final Field<Values> FAILURES = Field.of(
            "failures", SgdFailuresSection.SECTION, "Workers that fail with their nodes. Left out: none does.");
    private static final Use WITH_SERVERS = new Use(
            "rules whose workers talk to parameter servers",
            List.of("rule"),
            (own, all) -> SgdRuleSection.hasServers(own.get(RULE)));

    public static final Field<Long> SERVERS = Field.of(
                    "servers",
                    IntegerType.of("servers", 1, 4096),
                    "Parameter servers, each with an equal part of the parameters and, where there is a `cluster`, with a node.")
            .orElse("1 server")
            .only(WITH_SERVERS);
    public static final Field<Double> SERVER_TIME = Field.of(
                    "server-time",
                    QuantityType.of(Dimension.DURATION),
                    "Time that servers take to apply one gradient, one after the other. With a machine whose workers leave no core for the servers"
                            + " the default is that of two messages.")
            .orElse("0 s")
            .only(WITH_SERVERS);
    public static final Field<Double> MODEL_SIZE = Field.of(
            "model-size",
            QuantityType.positive(Dimension.DATA),
            "Bytes of the parameters on the wire, where the problem stands for a larger one. Left out: 4 bytes a parameter.");
    public static final Field<Optional<Double>> TARGET = Field.of(
                    "target", new NoneType<>(new NumberType(1e-12, 1e12)), "The loss that is to be reached.")
            .orElse("none");
    public static final Field<Double> HORIZON = Field.of(
                    "horizon", QuantityType.positive(Dimension.DURATION), "Virtual time after which a run ends.")
            .orElse("10 min");
    public static final Field<Optional<Long>> EXAMPLES = Field.of(
                    "examples",
                    new NoneType<>(IntegerType.of("examples", 1, 1_000_000_000_000L)),
                    "Examples after which a run ends, with the update that reaches them (with local steps the end of that round), if it"
                            + " does not end before.")
            .orElse("none");
    public static final Field<Boolean> STOP_AT_TARGET = Field.of(
                    "stop-at-target",
                    new FlagType(),
                    "Whether a run ends where it has reached the target, so that its loss and accuracy are those there.")
            .orElse("false")
            .only(Use.beside(TARGET));
    public static final Field<Long> SHOWN = Field.of(
                    "shown",
                    IntegerType.between(2, 100_000),
                    "Losses that are worked out within the horizon, at equal times.")
            .orElse("100");

    public static final Field<Chance> CHANCE = Field.of(
                    "chance",
                    ChoiceType.of("chance", Chance.class),
                    "What differs between replications: `all`, or `times` of computing alone, with the same start and the same batches"
                            + " of each worker, so that only the order of updates differs.")
            .orElse("all");

    public static final Section SECTION = Section.of(
            "sgd",
            "Training with real gradients: the clock decides whose gradient is applied when, and how old it is. With a `cluster`,"
                    + " worker i is its i-th GPU and exchange takes the time of its links; without, exchange is free.",
            PROBLEM,
            WORKERS,
            BATCH,
            RULE,
            LOST,
            COMPUTE,
            MACHINE,
            RECORDING,
            CORE_SPEEDS,
            OPTIMIZER,
            GRADIENT,
            LINKS,
            FAILURES,
            SERVERS,
            SERVER_TIME,
            MODEL_SIZE,
            TARGET,
            HORIZON,
            EXAMPLES,
            STOP_AT_TARGET,
            SHOWN,
            CHANCE);

    private SgdSection() {}

    /**
     * Refuses a number of some workers beyond that of all.
     *
     * @throws ScenarioException if there are fewer workers
     */
    static void requireSome(Values values, Field<Long> some, int workers) {
        if (values.get(some) > workers) {
            throw new ScenarioException(Problem.at(
                    values.position(some),
                    Problem.Kind.PLAN,
                    values.get(some) + " slow workers do not fit " + workers + (workers == 1 ? " worker" : " workers"),
                    "write fewer, or more sgd.workers"));
        }
    }

    /**
     * The machine that the section names.
     *
     * @throws trainyard.scenario.source.ScenarioException if its profile cannot be read
     */
    public static Optional<CalibrationProfile> machine(Values values) {
        return values.find(MACHINE).map(name -> ProfileFile.load(name, values.position(MACHINE)));
    }
}
