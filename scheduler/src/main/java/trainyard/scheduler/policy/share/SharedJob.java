package trainyard.scheduler.policy.share;

import java.util.List;

/** A job that is present: where it runs, and what it is in the next round. */
final class SharedJob {

    /** On no type. */
    static final int NOWHERE = -1;

    final int job;
    /** On each type alone; 0 where it cannot run. */
    final double[] speeds;
    /** What it is by itself. */
    final ShareUnit alone;

    /** The type on which it runs, and as which unit. */
    int runsOn = NOWHERE;

    ShareUnit runsAs;

    /** Those of the next round. */
    int next = NOWHERE;

    ShareUnit nextAs;

    SharedJob(int job, double[] speeds) {
        this.job = job;
        this.speeds = speeds;
        alone = new ShareUnit(List.of(this), speeds.length);
        runsAs = alone;
        nextAs = alone;
    }

    /** It runs on a type from now on. */
    void runs(int type, ShareUnit unit) {
        runsOn = type;
        runsAs = unit;
    }

    /** Whether it goes on in the next round just as it runs. */
    boolean goesOn() {
        return runsOn != NOWHERE && runsOn == next && runsAs == nextAs;
    }
}
