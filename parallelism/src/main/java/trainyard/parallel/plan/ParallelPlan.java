package trainyard.parallel.plan;

import java.util.List;

/**
 * Degrees of parallelism and what goes with them.
 *
 * @param tensor ranks that split each matrix product (intra-layer)
 * @param sequenceParallel whether the tensor ranks also split the sequence outside the matrix products
 * @param pipeline stages
 * @param virtualStages model chunks per stage; more than 1 only with {@link Schedule#INTERLEAVED}
 * @param schedule order of micro-batches
 * @param data replicas of the model
 * @param zeroStage what the data-parallel ranks shard: 0 nothing, 1 the optimizer state (Rajbhandari et al. 2020)
 * @param recompute what the backward pass computes again
 * @param layersPerChunk transformer layers of each chunk in model order, empty for an even split
 */
public record ParallelPlan(
        int tensor,
        boolean sequenceParallel,
        int pipeline,
        int virtualStages,
        Schedule schedule,
        int data,
        int zeroStage,
        Recompute recompute,
        List<Integer> layersPerChunk) {

    public ParallelPlan {
        layersPerChunk = List.copyOf(layersPerChunk);
        requirePositive("tensor", tensor);
        requirePositive("pipeline", pipeline);
        requirePositive("virtual-stages", virtualStages);
        requirePositive("data", data);
        if ((double) tensor * pipeline * data > Integer.MAX_VALUE
                || (long) pipeline * virtualStages > Integer.MAX_VALUE) {
            throw new PlanException(
                    "tensor",
                    "tensor " + tensor + " x pipeline " + pipeline + " x data " + data + " with virtual-stages "
                            + virtualStages + " is more than " + Integer.MAX_VALUE + "; lower a degree");
        }
        if (zeroStage < 0 || zeroStage > 1) {
            throw new PlanException("zero", "zero " + zeroStage + " is not built; use 0 or 1");
        }
        if (virtualStages > 1 && schedule != Schedule.INTERLEAVED) {
            throw new PlanException(
                    "virtual-stages", "virtual-stages " + virtualStages + " needs the schedule interleaved-1f1b");
        }
        if (schedule == Schedule.INTERLEAVED && pipeline < 2) {
            throw new PlanException("schedule", "the interleaved schedule needs at least 2 pipeline stages");
        }
        if (!layersPerChunk.isEmpty() && layersPerChunk.size() != pipeline * virtualStages) {
            throw new PlanException(
                    "layers-per-chunk",
                    "layers-per-chunk has " + layersPerChunk.size() + " entries, the plan has " + pipeline
                            + " stages x " + virtualStages + " chunks");
        }
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new PlanException(field, field + " must be at least 1, got " + value);
        }
    }

    /** GPUs that the plan occupies. */
    public int gpus() {
        return tensor * pipeline * data;
    }

    /** Model chunks over all stages. */
    public int chunks() {
        return pipeline * virtualStages;
    }
}
