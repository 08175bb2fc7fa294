package trainyard.scheduler.policy.share;

/** A job that is present: which share of the time it is to have on each type of GPU, and how long it has had them. */
final class SharedJob {

    /** On no type. */
    static final int NOWHERE = -1;

    /** Shares below are the rounding of a method that ends inside, not at a corner. */
    private static final double NO_SHARE = 1e-6;

    private static final double GRAIN = 1e6;

    final int job;
    final double[] speeds;
    /** Time on each type since shares were last chosen. */
    final long[] receivedNanos;

    double[] wanted;
    /** The type on which it runs, and that of the next round. */
    int runsOn = NOWHERE;

    int next = NOWHERE;

    SharedJob(int job, double[] speeds) {
        this.job = job;
        this.speeds = speeds;
        wanted = new double[speeds.length];
        receivedNanos = new long[speeds.length];
    }

    /** Share over the part of the time that it has had, in whole millionths; the most for one that has had none of its share. */
    long priority(int type, long passedNanos) {
        if (wanted[type] < NO_SHARE) {
            return 0;
        }
        return receivedNanos[type] == 0
                ? Long.MAX_VALUE
                : Math.round(GRAIN * wanted[type] * passedNanos / receivedNanos[type]);
    }

    /** Share in whole millionths. */
    long share(int type) {
        return Math.round(GRAIN * wanted[type]);
    }
}
