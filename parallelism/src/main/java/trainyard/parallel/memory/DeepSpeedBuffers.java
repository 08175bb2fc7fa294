package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.sim.hardware.Precision;

/**
 * Device memory that DeepSpeed 0.5 and 0.6 take beyond the states that the ZeRO paper counts.
 *
 * <ul>
 *   <li>Sharded 16-bit training (runtime/zero/stage_1_and_2.py): a bucket that gradients are reduced in, and at the step
 *       the gradients of the rank's own share, joined in 16 bits (2 bytes) and turned to 32 bits (4 bytes). They are single
 *       pieces too large for the gaps that activations leave.
 *   <li>bf16 (runtime/bf16_optimizer.py): the 16-bit gradients stay beside the 32-bit sums (2 bytes), and the largest one is
 *       turned to 32 bits before it is added.
 *   <li>Its pipeline engine keeps a stage's output beside its input for each micro-batch in flight
 *       (runtime/pipe/engine.py, pipe_buffers).
 *   <li>The gradient of the embedding table is a table of its own before it is added.
 * </ul>
 */
final class DeepSpeedBuffers {

    /**
     * Memory that PyTorch's allocator has reserved beyond the most that it had allocated: 0.6 to 17 %, on average 9 %, in
     * seven logs of Megatron-LM ("max allocated" and "max reserved") in public repositories.
     */
    static final double RESERVED_BEYOND_ALLOCATED = 0.09;

    /** Default of reduce_bucket_size (DeepSpeed, docs/_pages/config-json.md). */
    private static final double BUCKET_ELEMENTS = 5e8;

    private static final double HALF_BYTES = 2;
    private static final double SINGLE_BYTES = 4;

    private final TrainingJob job;
    private final ParallelPlan plan;
    private final ChunkLayout layout;

    DeepSpeedBuffers(TrainingJob job, ChunkLayout layout) {
        this.job = job;
        this.plan = job.plan();
        this.layout = layout;
    }

    /**
     * Bytes on a stage.
     *
     * @param parameters trained parameters that each of its ranks holds
     * @param inputBytes bytes of one stage input
     */
    double bytes(int stage, ParameterCount parameters, double inputBytes) {
        double table = embeddingElements(stage);
        int inFlight = Math.min(job.microBatches(), plan.pipeline() - stage);
        double outputs = plan.pipeline() > 1 ? inFlight * inputBytes : 0;
        double gradients = job.precision().storage() == Precision.BF16
                ? HALF_BYTES * parameters.total() + SINGLE_BYTES * Math.max(table, largestProduct(stage))
                : HALF_BYTES * BUCKET_ELEMENTS + joinedBytes(parameters);
        return gradients + outputs + HALF_BYTES * table;
    }

    /** The gradients of an offloaded optimizer are joined on the host. */
    private double joinedBytes(ParameterCount parameters) {
        return plan.offload().movesOptimizer() ? 0 : (HALF_BYTES + SINGLE_BYTES) * plan.ownShare(parameters);
    }

    private double embeddingElements(int stage) {
        return layout.layers(stage, 0).stream()
                .filter(layer -> layer.role() == LayerRole.INPUT)
                .mapToDouble(this::elements)
                .sum();
    }

    /** The products of the MLP hold a third of a layer each (four of the twelve squares of the hidden size). */
    private double largestProduct(int stage) {
        return layout.layers(stage, 0).stream()
                        .filter(layer -> layer.role() == LayerRole.BLOCK)
                        .mapToDouble(this::elements)
                        .max()
                        .orElse(0)
                / 3;
    }

    private double elements(Layer layer) {
        return layer.trainedPerRank(plan.split()).total();
    }
}
