package trainyard.faults.life.work;

import trainyard.sim.engine.SimTime;

/**
 * Times during which a job that had begun did not run because of a fault: how long each was, and how much work it cost. Faults
 * that strike while the job recovers lengthen the outage.
 */
public final class JobOutages {

    private static final long NONE = -1;

    private long sinceNanos = NONE;
    private long stepsBefore;
    private long stepNanos;
    private int count;
    private long longestNanos;
    private long mostWorkNanos;
    private double downSeconds;

    /** The job stops; of a job that is down already only the start counts. */
    void begin(long nowNanos, long steps, long nanosOfStep) {
        if (sinceNanos == NONE) {
            sinceNanos = nowNanos;
            stepsBefore = steps;
            stepNanos = nanosOfStep;
        }
    }

    /** The job runs again from a number of steps. */
    void end(long nowNanos, long steps) {
        if (sinceNanos == NONE) {
            return;
        }
        long down = nowNanos - sinceNanos;
        long work = Math.max(0, stepsBefore - steps) * stepNanos;
        count++;
        longestNanos = Math.max(longestNanos, down);
        mostWorkNanos = Math.max(mostWorkNanos, work);
        downSeconds += SimTime.seconds(down);
        sinceNanos = NONE;
    }

    /** The observation ends; an outage that is not over counts as long as it has lasted. */
    public void cut(long nowNanos) {
        if (sinceNanos != NONE) {
            longestNanos = Math.max(longestNanos, nowNanos - sinceNanos);
        }
    }

    /** Outages that are over. */
    public int count() {
        return count;
    }

    /** The longest one, from the fault until the job ran again or the observation ended. */
    public double longestSeconds() {
        return SimTime.seconds(longestNanos);
    }

    /** The most finished work that one of them destroyed. */
    public double mostWorkSeconds() {
        return SimTime.seconds(mostWorkNanos);
    }

    /** Length of all together. */
    public double downSeconds() {
        return downSeconds;
    }
}
