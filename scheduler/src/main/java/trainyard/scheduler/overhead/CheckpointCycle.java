package trainyard.scheduler.overhead;

/**
 * A job that runs works for some time and then stands still for a checkpoint, again and again. A checkpoint counts once it is
 * written.
 *
 * @param workNanos work between two checkpoints, at least 1; {@link Long#MAX_VALUE} for none at all
 * @param writeNanos time for which it stands still, 0 or more
 */
public record CheckpointCycle(long workNanos, long writeNanos) {

    /** No checkpoint while the job runs. */
    public static final CheckpointCycle NONE = new CheckpointCycle(Long.MAX_VALUE, 0);

    public CheckpointCycle {
        if (workNanos < 1 || writeNanos < 0 || writeNanos > Long.MAX_VALUE - workNanos) {
            throw new IllegalArgumentException(
                    "a job cannot write for " + writeNanos + " ns after each " + workNanos + " ns of work");
        }
    }

    /** Work in so much time from the start of the first cycle. */
    public long work(long nanos) {
        long cycles = nanos / (workNanos + writeNanos);
        return cycles * workNanos + Math.min(nanos - cycles * (workNanos + writeNanos), workNanos);
    }

    /** Work that a finished checkpoint holds after so much time. */
    public long saved(long nanos) {
        return nanos / (workNanos + writeNanos) * workNanos;
    }

    /** Time until so much work is done; after the last bit of work no checkpoint is written. */
    public long timeFor(long work) {
        return work == 0 ? 0 : Math.addExact(work, Math.multiplyExact((work - 1) / workNanos, writeNanos));
    }
}
