package trainyard.scenario.section.job;

import java.util.Optional;
import trainyard.parallel.length.OutOfMemory;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.units.Dimension;

/** {@code lengths}: sequences whose lengths vary, and micro-batches that may not fit. */
public final class LengthsSection {

    private static final int MOST = 100_000_000;

    public static final Field<Long> MEAN = Field.of(
                    "mean",
                    IntegerType.of("tokens", 1, MOST),
                    "Mean length of a sequence (lognormal law) before it is cut at `longest`.")
            .asRequired();
    public static final Field<Double> SPREAD = Field.of(
                    "spread", new NumberType(0, 100), "Coefficient of variation of the length; 0 where all are alike.")
            .orElse("1");
    public static final Field<Optional<Long>> LONGEST = Field.of(
                    "longest",
                    new AutoType<>(IntegerType.of("tokens", 1, MOST)),
                    "What longer sequences are cut to. `auto`: `job.batch.sequence-length`.")
            .orElse("auto");
    public static final Field<Optional<Long>> BUCKET = Field.of(
                    "bucket",
                    new AutoType<>(IntegerType.of("tokens", 1, MOST)),
                    "A micro-batch is filled up to its longest sequence, and that to a multiple of this. `auto`: a 32nd of"
                            + " `longest`.")
            .orElse("auto");
    public static final Field<OutOfMemory> ON_OUT_OF_MEMORY = Field.of(
                    "on-out-of-memory",
                    ChoiceType.of("reaction", OutOfMemory.class),
                    "When a micro-batch does not fit: `crash`, the step is lost and the job starts again with the next batch; or"
                            + " `halve-micro-batch`, the rank takes it in halves that add to the same gradient, so that the global"
                            + " batch is kept.")
            .orElse("crash");
    public static final Field<Double> HEAD_ROOM = Field.of(
                    "head-room",
                    new NumberType(0, 0.95),
                    "Share of the memory of a GPU that is kept free, for fragmentation and what else is not counted.")
            .orElse("0");
    public static final Field<Double> RESTART = Field.of(
                    "restart",
                    QuantityType.of(Dimension.DURATION),
                    "Time from a crash to the next step: noticing it, starting, loading and doing work again.")
            .orElse("10 min");
    public static final Field<Long> STEPS = Field.of(
                    "steps", IntegerType.of("steps", 1, 1_000_000), "Steps that are drawn.")
            .orElse("200 steps");

    public static final Section SECTION = Section.of(
            "lengths",
            "Sequences whose lengths vary from sample to sample, and what happens when a micro-batch of long ones does not"
                    + " fit in memory. `job.batch.micro` is what a rank takes at once when it fits.",
            MEAN,
            SPREAD,
            LONGEST,
            BUCKET,
            ON_OUT_OF_MEMORY,
            HEAD_ROOM,
            RESTART,
            STEPS);

    private LengthsSection() {}
}
