package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;

/**
 * Bytes that a checkpoint holds and who writes them: trained weights and the optimizer's state, no gradients; frozen weights
 * lie where they came from. {@link SnapshotWriters} says which rank writes what.
 *
 * @param totalBytes the checkpoint, which all nodes write once between them
 * @param busiestGpuBytes what the GPU that writes most writes
 * @param busiestNodeBytes what the node that writes most writes
 */
public record SavedStates(double totalBytes, double busiestGpuBytes, double busiestNodeBytes) {

    /**
     * The states of a job.
     *
     * @param shared whether ranks that hold the same share out its writing
     */
    public static SavedStates of(TrainingJob job, boolean shared) {
        SnapshotWriters writers = new SnapshotWriters(job, shared);
        double[] ranks = writers.bytesOfRanks();
        double busiestGpu = 0;
        double busiestNode = 0;
        double node = 0;
        int gpusPerNode = job.cluster().node().gpus();
        for (int rank = 0; rank < ranks.length; rank++) {
            node = rank % gpusPerNode == 0 ? ranks[rank] : node + ranks[rank];
            busiestGpu = Math.max(busiestGpu, ranks[rank]);
            busiestNode = Math.max(busiestNode, node);
        }
        return new SavedStates(writers.totalBytes(), busiestGpu, busiestNode);
    }

    /** The same states at another size, such as with fewer bits. */
    public SavedStates times(double factor) {
        return new SavedStates(totalBytes * factor, busiestGpuBytes * factor, busiestNodeBytes * factor);
    }
}
