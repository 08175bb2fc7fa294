package trainyard.scheduler.run;

/**
 * Stops a run without a horizon that may have no end: one whose nodes break faster than its jobs get done, or whose scheduler or autoscaler
 * looks again and again in vain, or one with more work than a century gets done. The limits are far above what takes seconds to play and is of use: a node that breaks every five minutes for
 * a year, a look every 16 s for a year in which no job comes or ends.
 */
final class EndlessRunGuard {

    /** Outages of a run. */
    static final int MOST_OUTAGES = 100_000;

    /** Looks in a row between which no job comes or ends. */
    static final int MOST_LOOKS = 2_000_000;

    /** When it is over at the latest: a hundred years on, far enough from the end of the clock for one more job. */
    static final long MOST_NANOS = 100 * 31_536_000_000_000_000L;

    private final boolean hasHorizon;
    private int outages;
    private int looks;

    EndlessRunGuard(boolean hasHorizon) {
        this.hasHorizon = hasHorizon;
    }

    /** An outage of nodes begins. */
    void outage() {
        if (++outages > MOST_OUTAGES && !hasHorizon) {
            throw new EndlessRunException(
                    "nodes broke or left " + MOST_OUTAGES + " times, and jobs are left",
                    "let nodes break or leave less often, let jobs save more often, or limit their restarts");
        }
    }

    /** The scheduler or the autoscaler looks. */
    void look(long nowNanos) {
        if (nowNanos > MOST_NANOS && !hasHorizon) {
            throw new EndlessRunException(
                    "100 years have passed, and jobs are left", "give the cluster more GPUs, or fewer or shorter jobs");
        }
        if (++looks > MOST_LOOKS && !hasHorizon) {
            throw new EndlessRunException(
                    "the scheduler looked " + MOST_LOOKS + " times since a job came or ended, and jobs are left",
                    "let the autoscaler order the nodes that the jobs want, or let jobs save when they are stopped");
        }
    }

    /** A job has come or is over. */
    void progress() {
        looks = 0;
    }
}
