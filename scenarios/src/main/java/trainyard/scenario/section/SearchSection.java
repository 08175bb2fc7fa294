package trainyard.scenario.section;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.search.Objective;
import trainyard.parallel.search.SearchSpace;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.job.ParallelSection;
import trainyard.scenario.section.job.RecomputeType;

/** {@code search}: which plans {@code trainyard plan} compares. */
public final class SearchSection {

    private static final int DEFAULT_TOP = 10;

    private static final ListType<Long> DEGREES = new ListType<>(IntegerType.between(1, 1_000_000), "whole numbers");

    public static final Field<Objective> OBJECTIVE = Field.of(
                    "objective",
                    ChoiceType.of("objective", Objective.class),
                    "What the best plan has least of: `time` of a step, `cost` of a step (GPU-seconds) or `memory` of a"
                            + " GPU.")
            .orElse("time");
    public static final Field<Long> TOP = Field.of(
                    "top", IntegerType.between(1, 1000), "How many of the best plans are replayed and listed.")
            .orElse(String.valueOf(DEFAULT_TOP));
    public static final Field<List<Long>> GPUS =
            Field.of("gpus", DEGREES, "GPUs that a plan may use. Left out: all of the cluster.");
    public static final Field<List<Long>> TENSOR =
            Field.of("tensor", DEGREES, "Degrees of tensor parallelism. Left out: all that divide GPUs and heads.");
    public static final Field<List<Long>> CONTEXT =
            Field.of("context", DEGREES, "Degrees of context parallelism. Left out: 1.");
    public static final Field<List<Long>> PIPELINE =
            Field.of("pipeline", DEGREES, "Pipeline stages. Left out: all that divide the GPUs, up to the layers.");
    public static final Field<List<Long>> DATA =
            Field.of("data", DEGREES, "Replicas. Left out: what the other degrees leave of the GPUs.");
    public static final Field<List<Long>> EXPERT = Field.of(
            "expert", DEGREES, "Degrees of expert parallelism. Left out: all that divide ranks per stage and experts.");
    public static final Field<List<Long>> VIRTUAL_STAGES = Field.of(
            "virtual-stages", DEGREES, "Chunks per stage of `interleaved-1f1b`. Left out: all that divide the layers.");
    public static final Field<List<Long>> MICRO = Field.of(
            "micro",
            DEGREES,
            "Sequences of a micro-batch. Left out: powers of two up to " + SearchSpace.MAX_MICRO
                    + " that divide the batch of a replica.");
    public static final Field<List<Long>> ZERO = Field.of(
            "zero",
            new ListType<>(IntegerType.between(0, 3), "whole numbers"),
            "What the replicas shard (ZeRO stages). Left out: 0 to 3.");
    public static final Field<List<Recompute>> RECOMPUTE = Field.of(
            "recompute",
            new ListType<>(RecomputeType.WORD, "words"),
            "What the backward pass may compute again. Left out: every choice.");
    public static final Field<List<Boolean>> SEQUENCE_PARALLEL = Field.of(
            "sequence-parallel",
            new ListType<>(new FlagType(), "flags"),
            "Whether tensor ranks also split the sequence. Left out: both.");
    public static final Field<List<Schedule>> SCHEDULE = Field.of(
            "schedule",
            new ListType<>(ParallelSection.SCHEDULE.type(), "words"),
            "Pipeline schedules. Left out: `1f1b` and `interleaved-1f1b`.");

    public static final Field<Double> MEMORY_SHARE = Field.of(
                    "memory-share",
                    new NumberType(0.01, 1),
                    "What a plan may take of the memory of a GPU, such as `90%`; the rest is a margin.")
            .orElse("100%");

    public static final Section SECTION = Section.of(
            "search",
            "Which plans `trainyard plan` compares. Each key lists the values of one dimension; a key left out leaves the"
                    + " dimension free. Of `job.parallel` only the ways to exchange and to offload are taken over; the rest of it,"
                    + " `job.recompute`, `job.recompute-layers` and `job.batch.micro` are not looked at.",
            OBJECTIVE,
            TOP,
            GPUS,
            TENSOR,
            CONTEXT,
            PIPELINE,
            DATA,
            EXPERT,
            VIRTUAL_STAGES,
            MICRO,
            ZERO,
            RECOMPUTE,
            SEQUENCE_PARALLEL,
            SCHEDULE,
            MEMORY_SHARE);

    private SearchSection() {}

    /** What the best plan has least of; the time of a step where there is no section. */
    public static Objective objective(Optional<Values> values) {
        return values.map(search -> search.get(OBJECTIVE)).orElse(Objective.TIME);
    }

    /** How many plans are wanted. */
    public static int top(Optional<Values> values) {
        return values.map(search -> Math.toIntExact(search.get(TOP))).orElse(DEFAULT_TOP);
    }

    /** The space of plans; everything free where there is no section. */
    public static SearchSpace space(Optional<Values> values) {
        return values.map(SearchSection::space).orElse(SearchSpace.FREE);
    }

    private static SearchSpace space(Values values) {
        return new SearchSpace(
                degrees(values, GPUS),
                degrees(values, TENSOR),
                degrees(values, CONTEXT),
                degrees(values, PIPELINE),
                degrees(values, DATA),
                degrees(values, EXPERT),
                degrees(values, VIRTUAL_STAGES),
                degrees(values, MICRO),
                degrees(values, ZERO),
                values.find(RECOMPUTE).orElse(List.of()),
                values.find(SEQUENCE_PARALLEL).orElse(List.of()),
                values.find(SCHEDULE).orElse(List.of()),
                values.get(MEMORY_SHARE));
    }

    private static List<Integer> degrees(Values values, Field<List<Long>> field) {
        return values.find(field).orElse(List.of()).stream()
                .map(Math::toIntExact)
                .toList();
    }
}
