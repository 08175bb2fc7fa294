package trainyard.scenario.section.input;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code input}: the path of data to the GPUs of a job. */
public final class InputSection {

    /** Memory that copies to the GPU start from. */
    public enum Copy {
        /** Locked pages: copies run beside the training. */
        PINNED,
        /** Any pages: the step waits for each copy, which is slower. */
        PAGEABLE
    }

    public static final Field<Values> DATA =
            Field.of("data", InputDataSection.SECTION, "What a sample costs.").orElse("");
    public static final Field<Values> STORAGE = Field.of("storage", InputStorageSection.SECTION, "Where the data lies.")
            .asRequired();
    public static final Field<Values> CACHE = Field.of(
                    "cache", InputCacheSection.SECTION, "What each node keeps of it.")
            .orElse("");
    public static final Field<Values> CHECKPOINT =
            Field.of("checkpoint", InputCheckpointSection.SECTION, "Checkpoints on the same storage. Left out: none.");
    public static final Field<Long> WORKERS = Field.of(
                    "workers",
                    IntegerType.between(1, 1024),
                    "Processes that load for one data-parallel rank; each loads whole micro-batches.")
            .orElse("8");
    public static final Field<Optional<Long>> PREFETCH = Field.of(
                    "prefetch",
                    new AutoType<>(IntegerType.of("micro-batches", 0, 1_000_000)),
                    "Micro-batches of a rank that are loaded or being loaded before they are needed. 0: the training process"
                            + " loads each itself. `auto`: two per worker, as PyTorch.")
            .orElse("auto");
    public static final Field<Long> CORES_PER_GPU = Field.of(
                    "cores-per-gpu",
                    IntegerType.between(1, 1024),
                    "Cores that decode for each GPU: 14 in a DGX H100, 16 in a DGX A100.")
            .orElse("14");
    public static final Field<Copy> COPY = Field.of(
                    "copy",
                    ChoiceType.of("copy", Copy.class),
                    "Copies to the GPU from `pinned` memory run beside the training; from `pageable` memory they take 2.5 times"
                            + " as long (assumed) and the step waits for them.")
            .orElse("pinned");
    public static final Field<Optional<Double>> STEP_TIME = Field.of(
                    "step-time",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Time of a step that waits for no data. `auto`: by the model of the step.")
            .orElse("auto");
    public static final Field<Long> EPOCH = Field.of(
                    "epoch",
                    IntegerType.between(1, 1_000_000),
                    "The epoch that is looked at; in the first no cache helps.")
            .orElse("2");
    public static final Field<Long> STEPS = Field.of(
                    "steps", IntegerType.of("steps", 1, 1_000_000), "Steps that are watched.")
            .orElse("200 steps");
    public static final Field<Long> WARM_UP = Field.of(
                    "warm-up", IntegerType.of("steps", 0, 1_000_000), "Steps before them, in which the buffers fill.")
            .orElse("50 steps");

    public static final Section SECTION = Section.of(
            "input",
            "The path of data to the GPUs of `job`: reads of a shared storage, caches, decoding, bounded buffers and copies,"
                    + " simulated micro-batch by micro-batch beside the steps that they feed.",
            DATA,
            STORAGE,
            CACHE,
            CHECKPOINT,
            WORKERS,
            PREFETCH,
            CORES_PER_GPU,
            COPY,
            STEP_TIME,
            EPOCH,
            STEPS,
            WARM_UP);

    private InputSection() {}
}
