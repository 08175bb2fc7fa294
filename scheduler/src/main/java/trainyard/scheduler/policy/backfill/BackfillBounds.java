package trainyard.scheduler.policy.backfill;

import trainyard.sim.engine.SimTime;

/**
 * How far and how often a planning scheduler looks.
 *
 * @param depth jobs of the queue that one plan looks at, at least 1
 * @param mainDepth jobs that are tried in strict order at every event, at least 1
 * @param intervalNanos least time between two plans, at least 1
 * @param windowNanos how far into the future a plan reaches, at least 1
 * @param resolutionNanos grid to which planned times are rounded up, at least 1
 */
public record BackfillBounds(int depth, int mainDepth, long intervalNanos, long windowNanos, long resolutionNanos) {

    /**
     * Defaults of Slurm: {@code bf_max_job_test} 500, {@code default_queue_depth} 100, {@code bf_interval} 30 s, {@code bf_window} 1,440 min,
     * {@code bf_resolution} 60 s (manual page of slurm.conf and the plugin sched/backfill, looked up November 2026).
     */
    public static final BackfillBounds SLURM = new BackfillBounds(
            500,
            100,
            30 * SimTime.NANOS_PER_SECOND,
            1440 * 60 * SimTime.NANOS_PER_SECOND,
            60 * SimTime.NANOS_PER_SECOND);

    public BackfillBounds {
        if (depth < 1 || mainDepth < 1 || intervalNanos < 1 || windowNanos < 1 || resolutionNanos < 1) {
            throw new IllegalArgumentException("bounds of a plan are at least 1, got depth " + depth + ", main depth "
                    + mainDepth + ", interval " + intervalNanos + " ns, window " + windowNanos + " ns, resolution "
                    + resolutionNanos + " ns");
        }
    }
}
