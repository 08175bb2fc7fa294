package trainyard.scenario.section.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.parallel.plan.Batch;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** {@code job.batch}: how much is learned from in one step. */
public final class BatchSection {

    private static final int MAX_SEQUENCES = 100_000_000;

    public static final Field<Optional<Long>> GLOBAL = Field.of(
                    "global",
                    new AutoType<>(IntegerType.of("sequences", 1, MAX_SEQUENCES)),
                    "Sequences of one optimizer step over all GPUs. `auto`: micro x accumulation x data, so that it grows"
                            + " with the replicas.")
            .orElse("auto");
    public static final Field<Long> ACCUMULATION = Field.of(
            "accumulation",
            IntegerType.between(1, MAX_SEQUENCES),
            "Micro-batches of one step on each data-parallel rank, where `global` is `auto`. Left out: 1.");
    public static final Field<Long> MICRO = Field.of(
                    "micro",
                    IntegerType.of("sequences", 1, MAX_SEQUENCES),
                    "Sequences of one micro-batch on one data-parallel rank.")
            .orElse("1");
    public static final Field<List<Long>> MICRO_BATCHES_PER_REPLICA = Field.of(
            "micro-batches-per-replica",
            new ListType<>(IntegerType.between(1, MAX_SEQUENCES), "whole numbers"),
            "Micro-batches of one step of each replica, in their order, where replicas on slower GPUs get fewer. Left out: as"
                    + " many for each.");
    public static final Field<Long> SEQUENCE_LENGTH = Field.of(
                    "sequence-length",
                    IntegerType.of("tokens", 1, MAX_SEQUENCES),
                    "Tokens of one sequence. A model of images has a number of its own; leave it out there.")
            .orElse("2048 tokens");

    public static final Field<Double> PACKED_LENGTH = Field.of(
            "packed-length",
            new NumberType(1, MAX_SEQUENCES, "tokens"),
            "Length of the samples that are packed into a sequence, as in supervised fine-tuning, in the mean over their tokens: the"
                    + " sum of their squared lengths over the sum of their lengths. A token attends to its own sample alone. Left out:"
                    + " each sequence is one sample.");

    public static final Section SECTION = Section.of(
            "job.batch",
            "Batch sizes: `global`, or `accumulation` for a batch that grows with the replicas.",
            GLOBAL,
            ACCUMULATION,
            MICRO,
            MICRO_BATCHES_PER_REPLICA,
            SEQUENCE_LENGTH,
            PACKED_LENGTH);

    private BatchSection() {}

    static List<Integer> microBatchesPerReplica(Values values) {
        return values.find(MICRO_BATCHES_PER_REPLICA).orElse(List.of()).stream()
                .map(Math::toIntExact)
                .toList();
    }

    /**
     * @param data replicas of the model
     * @throws ScenarioException if both the global batch and the accumulation are stated, or the batch is too large
     */
    static Batch bind(Values values, int data) {
        Optional<Long> stated = values.get(GLOBAL);
        if (stated.isPresent() && values.find(ACCUMULATION).isPresent()) {
            throw new ScenarioException(Problem.at(
                    values.position(ACCUMULATION),
                    Problem.Kind.PLAN,
                    "accumulation follows from the global batch, so both cannot be set",
                    "leave one of them out"));
        }
        double perRank = (double) values.get(MICRO) * values.find(ACCUMULATION).orElse(1L);
        double global = stated.map(Long::doubleValue).orElse(perRank * data);
        if (global > MAX_SEQUENCES) {
            throw new ScenarioException(Problem.at(
                    values.position(),
                    Problem.Kind.PLAN,
                    String.format(Locale.ROOT, "a global batch of %.4g sequences is too large", global),
                    "lower accumulation, micro or data"));
        }
        return new Batch(
                (int) global, Math.toIntExact(values.get(MICRO)), Math.toIntExact(values.get(SEQUENCE_LENGTH)));
    }
}
