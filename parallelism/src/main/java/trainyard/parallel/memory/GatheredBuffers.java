package trainyard.parallel.memory;

import java.util.List;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;

/**
 * Whole weights and gradients that ranks hold for a while although their shards are spread over the group: with ZeRO-3
 * the weights of the layer that computes and of those gathered ahead, all weights where they are kept longer; gradients
 * of the layer that computes and of the one being reduced, or of chunks where they are reduced after the last micro-batch
 * only.
 */
final class GatheredBuffers {

    /** Layers whose whole gradients exist at once: the one that computes and the one being reduced (Zhao et al. 2023, section 3.4). */
    private static final int GRADIENTS_IN_FLIGHT = 2;

    private final TrainingJob job;
    private final ParallelPlan plan;
    private final ChunkLayout layout;

    GatheredBuffers(TrainingJob job, ChunkLayout layout) {
        this.job = job;
        this.plan = job.plan();
        this.layout = layout;
    }

    /**
     * Bytes on the ranks of a stage at the peak.
     *
     * @param parameters parameters that a rank of the stage would hold without sharding
     */
    double bytes(int stage, ParameterCount parameters) {
        Sharding sharding = plan.sharding();
        Offload offload = plan.offload();
        boolean shared = plan.shardRanks() > 1;
        if (!shared && !offload.movesParameters() && !offload.movesOptimizer()) {
            return 0;
        }
        double element = job.shard().precision().bytes();
        double bytes = 0;
        if (sharding.zeroStage() == 3 && (shared || offload.movesParameters())) {
            bytes += element * gatheredParameters(stage, parameters);
        }
        if (sharding.zeroStage() >= 2 && !addsUp()) {
            double trained = layout.trainedPerRank(stage, plan.split()).total();
            bytes += element
                    * Math.min(
                            trained,
                            GRADIENTS_IN_FLIGHT
                                    * largestLayer(
                                            stage,
                                            layer -> layer.trainedPerRank(plan.split())
                                                    .total()));
        }
        return bytes;
    }

    /**
     * Bytes of a chunk's gradients that its ranks hold whole until the last micro-batch, in the format in which the software
     * adds them up (PyTorch, _fsdp_param.py, to_accumulated_grad_if_needed: the one in which they are reduced). Those of a
     * single micro-batch are summed as they come, save in a pipeline, which takes the sums out of all its passes.
     *
     * @param layers layers of the chunk
     */
    double wholeGradients(List<Layer> layers) {
        Sharding sharding = plan.sharding();
        if (sharding.zeroStage() < 2 || !addsUp()) {
            return 0;
        }
        double shared = 0;
        for (Layer layer : layers) {
            ParameterCount trained = layout.trainedPerRank(layer, plan.split());
            shared += plan.offload().movesOptimizer() ? trained.total() : sharded(trained);
        }
        return Math.max(job.precision().storage().bytes(), job.bytesPerGradient()) * shared;
    }

    /** Whether gradients are added up over the passes before the ranks sum them, not summed as they come. */
    private boolean addsUp() {
        return !plan.sharding().reduceEachMicroBatch() && (job.microBatches() > 1 || plan.pipeline() > 1);
    }

    /** What no other rank of the group has a part of is there anyway. */
    private double gatheredParameters(int stage, ParameterCount parameters) {
        Sharding sharding = plan.sharding();
        return sharding.reshard() == Reshard.AFTER_FORWARD
                ? Math.min(
                        sharded(parameters),
                        (1 + sharding.prefetch())
                                * largestLayer(stage, layer -> sharded(layer.parametersPerRank(plan.split()))))
                : sharded(parameters);
    }

    private double sharded(ParameterCount parameters) {
        boolean moved = plan.offload().movesParameters();
        return (moved || plan.shardRanks() > 1 ? parameters.dense() : 0)
                + (moved || plan.expertShardRanks() > 1 ? parameters.expert() : 0);
    }

    private double largestLayer(int stage, ToDoubleFunction<Layer> parameters) {
        double largest = 0;
        for (int chunk = 0; chunk < layout.chunksPerStage(); chunk++) {
            for (Layer layer : layout.layers(stage, chunk)) {
                largest = Math.max(largest, parameters.applyAsDouble(layer));
            }
        }
        return largest;
    }
}
