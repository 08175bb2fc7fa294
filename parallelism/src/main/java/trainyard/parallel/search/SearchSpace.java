package trainyard.parallel.search;

import java.util.List;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.schedule.Schedule;

/**
 * What a plan may be. An empty list leaves a dimension free: then every value that fits the others is tried. A list fixes
 * it to its values, in the order of which equal plans are ranked; one that is written twice counts once.
 *
 * @param gpus GPUs used; free: all of the cluster
 * @param tensor tensor-parallel ranks; free: divisors of GPUs and attention heads
 * @param context context-parallel ranks; free: 1, for a longer sequence name the degrees
 * @param pipeline stages; free: divisors of the GPUs up to the number of blocks
 * @param data replicas; free: what the other degrees leave of the GPUs
 * @param expert expert-parallel ranks; free: 1, or for a mixture of experts the divisors of ranks per stage and experts
 * @param virtualStages chunks per stage of the interleaved schedule; free: those that divide the blocks evenly
 * @param micro sequences of a micro-batch; free: powers of two up to {@value #MAX_MICRO} that divide the batch of a replica
 * @param zero ZeRO stages; free: 0 to 3
 * @param recompute what the backward pass computes again; free: every choice
 * @param sequenceParallel whether tensor ranks also split the sequence; free: both
 * @param schedules pipeline schedules; free: 1F1B and interleaved 1F1B
 * @param memoryShare what a plan may take of the memory of a GPU, above 0 and at most 1
 */
public record SearchSpace(
        List<Integer> gpus,
        List<Integer> tensor,
        List<Integer> context,
        List<Integer> pipeline,
        List<Integer> data,
        List<Integer> expert,
        List<Integer> virtualStages,
        List<Integer> micro,
        List<Integer> zero,
        List<Recompute> recompute,
        List<Boolean> sequenceParallel,
        List<Schedule> schedules,
        double memoryShare) {

    /** Micro-batches beyond this do not pay: the products are long full (assumption). */
    public static final int MAX_MICRO = 64;

    /** Everything free. */
    public static final SearchSpace FREE = new SearchSpace(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), List.of(), 1);

    public SearchSpace {
        if (!(memoryShare > 0 && memoryShare <= 1)) {
            throw new IllegalArgumentException(
                    "a plan may take above 0 and at most 1 of the memory, not " + memoryShare);
        }
        gpus = distinct(gpus);
        tensor = distinct(tensor);
        context = distinct(context);
        pipeline = distinct(pipeline);
        data = distinct(data);
        expert = distinct(expert);
        virtualStages = distinct(virtualStages);
        micro = distinct(micro);
        zero = orElse(zero, List.of(0, 1, 2, 3));
        recompute = orElse(recompute, List.of(Recompute.NONE, Recompute.SELECTIVE, Recompute.FULL));
        sequenceParallel = orElse(sequenceParallel, List.of(true, false));
        schedules = orElse(schedules, List.of(Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED));
    }

    private static <T> List<T> orElse(List<T> values, List<T> free) {
        return values.isEmpty() ? free : distinct(values);
    }

    private static <T> List<T> distinct(List<T> values) {
        return values.stream().distinct().toList();
    }
}
