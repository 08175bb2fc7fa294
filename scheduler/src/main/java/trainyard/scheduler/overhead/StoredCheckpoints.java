package trainyard.scheduler.overhead;

import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.sim.engine.SimTime;

/**
 * Costs by the size of a job's checkpoint: {@code bytes / min(GPUs x bandwidth of a GPU, bandwidth of the store)} for each write,
 * save and load. The store is taken to be free for it.
 *
 * @param bytes size of the checkpoint of a job on so many GPUs, above 0
 * @param bytesPerSecondPerGpu share of its node's way to the store that a GPU has, above 0
 * @param bytesPerSecond bandwidth of the store, above 0
 * @param startNanos until processes and communicators stand
 * @param intervalNanos work between two checkpoints; {@link Long#MAX_VALUE} for none
 * @param onStop what a job keeps that is stopped to make place
 */
public record StoredCheckpoints(
        ToDoubleBiFunction<ClusterJob, Integer> bytes,
        double bytesPerSecondPerGpu,
        double bytesPerSecond,
        long startNanos,
        long intervalNanos,
        OnStop onStop)
        implements RestartCosts {

    public StoredCheckpoints {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(onStop, "onStop");
        if (!(bytesPerSecondPerGpu > 0 && bytesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "bandwidths are above 0, got " + bytesPerSecondPerGpu + " and " + bytesPerSecond + " bytes/s");
        }
    }

    @Override
    public double shareOfStore(int gpus) {
        return Math.min(1, gpus * bytesPerSecondPerGpu / bytesPerSecond);
    }

    @Override
    public JobCosts of(ClusterJob job, int gpus) {
        double rate = Math.min(gpus * bytesPerSecondPerGpu, bytesPerSecond);
        long transfer = SimTime.nanos(bytes.applyAsDouble(job, gpus) / rate);
        CheckpointCycle cycle =
                intervalNanos == Long.MAX_VALUE ? CheckpointCycle.NONE : new CheckpointCycle(intervalNanos, transfer);
        return new JobCosts(startNanos, transfer, cycle, onStop == OnStop.SAVES ? transfer : 0, onStop);
    }
}
