package trainyard.scheduler.run;

/**
 * Stops a run without a horizon that may have no end: one whose nodes break faster than its jobs get done, or whose scheduler or autoscaler
 * looks again and again in vain. The limits are far above what takes seconds to play and is of use: a node that breaks every five minutes for
 * a year, a look every 16 s for a year in which no job comes or ends.
 */
final class EndlessRunGuard {

    /** Outages of a run. */
    static final int MOST_OUTAGES = 100_000;

    /** Looks in a row between which no job comes or ends. */
    static final int MOST_LOOKS = 2_000_000;

    private final boolean hasHorizon;
    private int outages;
    private int looks;

    EndlessRunGuard(boolean hasHorizon) {
        this.hasHorizon = hasHorizon;
    }

    /** An outage of nodes begins. */
    void outage() {
        if (++outages > MOST_OUTAGES && !hasHorizon) {
            throw new EndlessRunException("nodes broke or left " + MOST_OUTAGES + " times, and jobs are left");
        }
    }

    /** The scheduler or the autoscaler looks. */
    void look() {
        if (++looks > MOST_LOOKS && !hasHorizon) {
            throw new EndlessRunException(
                    "the scheduler looked " + MOST_LOOKS + " times since a job came or ended, and jobs are left");
        }
    }

    /** A job has come or is over. */
    void progress() {
        looks = 0;
    }
}
