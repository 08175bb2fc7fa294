package trainyard.scenario.section;

import trainyard.parallel.plan.Batch;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;

/** {@code job.batch}: how much is learned from in one step. */
public final class BatchSection {

    private static final int MAX_SEQUENCES = 100_000_000;

    public static final Field<Long> GLOBAL = Field.of(
                    "global",
                    IntegerType.of("sequences", 1, MAX_SEQUENCES),
                    "Sequences of one optimizer step over all GPUs.")
            .asRequired();
    public static final Field<Long> MICRO = Field.of(
                    "micro",
                    IntegerType.of("sequences", 1, MAX_SEQUENCES),
                    "Sequences of one micro-batch on one data-parallel rank.")
            .orElse("1");
    public static final Field<Long> SEQUENCE_LENGTH = Field.of(
                    "sequence-length", IntegerType.of("tokens", 1, MAX_SEQUENCES), "Tokens of one sequence.")
            .orElse("2048 tokens");

    public static final Section SECTION = Section.of(
            "job.batch",
            "Batch sizes. Accumulation follows: global / (micro x data) micro-batches per step.",
            GLOBAL,
            MICRO,
            SEQUENCE_LENGTH);

    private BatchSection() {}

    static Batch bind(Values values) {
        return new Batch(
                Math.toIntExact(values.get(GLOBAL)),
                Math.toIntExact(values.get(MICRO)),
                Math.toIntExact(values.get(SEQUENCE_LENGTH)));
    }
}
