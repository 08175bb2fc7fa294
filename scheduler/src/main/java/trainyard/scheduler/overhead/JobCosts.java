package trainyard.scheduler.overhead;

import java.util.Objects;

/**
 * What it costs to start, save and stop one job.
 *
 * @param startNanos until its processes and communicators stand, at each start
 * @param loadNanos loading its checkpoint, at each start of a job that has one
 * @param cycle checkpoints while it runs
 * @param saveNanos saving when it is stopped to make place or its node is taken away with notice
 * @param onStop what it keeps then
 */
public record JobCosts(long startNanos, long loadNanos, CheckpointCycle cycle, long saveNanos, OnStop onStop) {

    /** What a job keeps that is stopped to make place. */
    public enum OnStop {
        /** All its work, for it saves before it goes. */
        SAVES,
        /** What its last checkpoint holds. */
        FALLS_BACK
    }

    /** Stopping and starting costs nothing. */
    public static final JobCosts NONE = new JobCosts(0, 0, CheckpointCycle.NONE, 0, OnStop.SAVES);

    public JobCosts {
        Objects.requireNonNull(cycle, "cycle");
        Objects.requireNonNull(onStop, "onStop");
        if (startNanos < 0 || loadNanos < 0 || saveNanos < 0) {
            throw new IllegalArgumentException(
                    "times are 0 or more, got " + startNanos + ", " + loadNanos + " and " + saveNanos + " ns");
        }
    }

    /** The same with a start that takes longer. */
    public JobCosts startingAfter(long nanos) {
        return nanos == 0 ? this : new JobCosts(startNanos + nanos, loadNanos, cycle, saveNanos, onStop);
    }
}
