package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.ParallelPlan;

/**
 * Bytes that a checkpoint holds and who writes them: trained weights and the optimizer's state, no gradients; frozen weights
 * lie where they came from. What is sharded over the
 * data-parallel ranks (the optimizer's state from ZeRO stage 1, weights at stage 3) is written by each for its own part. Of
 * what all of them hold, the first replica writes it (Megatron-LM, PyTorch), or each writes a part of it (ByteCheckpoint,
 * NSDI 2025, section 4.2).
 *
 * @param totalBytes the checkpoint
 * @param busiestGpuBytes what the GPU that writes most writes
 * @param gpusPerNode GPUs of a node
 */
public record SavedStates(double totalBytes, double busiestGpuBytes, int gpusPerNode) {

    /**
     * The states of a job.
     *
     * @param shared whether replicas share out the writing of what all of them hold
     */
    public static SavedStates of(TrainingJob job, boolean shared) {
        ParallelPlan plan = job.plan();
        ChunkLayout layout = ChunkLayout.of(job.model(), plan);
        double busiest = 0;
        for (int stage = 0; stage < plan.pipeline(); stage++) {
            ParameterCount parameters = layout.trainedPerRank(stage, plan.split());
            busiest = Math.max(
                    busiest,
                    ofRank(job, parameters.dense(), plan.shardRanks(), shared)
                            + ofRank(job, parameters.expert(), plan.expertShardRanks(), shared));
        }
        ModelStates whole = states(job, job.model().trainedParameters(), 0, 1);
        return new SavedStates(
                whole.parameterBytes() + whole.optimizerBytes(),
                busiest,
                job.cluster().node().gpus());
    }

    private static double ofRank(TrainingJob job, double parameters, int shardRanks, boolean shared) {
        int stage = job.plan().zeroStage();
        ModelStates own = states(job, parameters, stage, shardRanks);
        double writers = shared ? job.plan().data() : 1;
        double weights = stage >= 3 ? own.parameterBytes() : own.parameterBytes() / writers;
        double optimizer = stage >= 1 ? own.optimizerBytes() : own.optimizerBytes() / writers;
        return weights + optimizer;
    }

    private static ModelStates states(TrainingJob job, double parameters, int zeroStage, int shardRanks) {
        return ModelStates.of(
                parameters,
                job.precision(),
                job.cluster().node().gpu().architecture(),
                job.software().gradients().bytesPerElement(),
                zeroStage,
                shardRanks);
    }

    /** What the node that writes most writes. */
    public double busiestNodeBytes() {
        return busiestGpuBytes * gpusPerNode;
    }

    /** The same states at another size, such as with fewer bits. */
    public SavedStates times(double factor) {
        return new SavedStates(totalBytes * factor, busiestGpuBytes * factor, gpusPerNode);
    }
}
