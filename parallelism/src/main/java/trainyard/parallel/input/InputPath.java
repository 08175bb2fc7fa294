package trainyard.parallel.input;

import java.util.Optional;

/**
 * The whole path of data to the GPUs of a job.
 *
 * @param data what a sample costs
 * @param loading the loader of each data-parallel rank
 * @param storage where the data lies
 * @param localBytesPerSecond what the cache of a node gives one of its loaders; infinite for memory
 * @param copy copies to the GPU
 * @param checkpoints what else the storage takes, if anything
 */
public record InputPath(
        SampleData data,
        Loading loading,
        InputStorage storage,
        double localBytesPerSecond,
        HostCopy copy,
        Optional<CheckpointTraffic> checkpoints) {

    /** The same path whose storage takes nothing else. */
    public InputPath withoutCheckpoints() {
        return new InputPath(data, loading, storage, localBytesPerSecond, copy, Optional.empty());
    }
}
