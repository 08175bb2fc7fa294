package trainyard.scheduler.policy.share;

import java.util.List;

/** A job by itself, or two that have the same GPUs: which share of the time it is to have on each type of GPU, and how long it has had them. */
final class ShareUnit {

    /** Shares below are the rounding of a method that ends inside, not at a corner. */
    private static final double NO_SHARE = 1e-6;

    private static final double GRAIN = 1e6;
    private static final double BILLION = 1e9;

    /** One or two, in the order of arrival. */
    final List<SharedJob> members;
    /** Time on each type since shares were last chosen. */
    final long[] receivedNanos;
    /** Time on each type that earlier shares gave it and that it has not had; below 0 where it has had more. */
    private final double[] owedNanos;

    private double[] wanted;

    ShareUnit(List<SharedJob> members, int types) {
        this.members = members;
        wanted = new double[types];
        receivedNanos = new long[types];
        owedNanos = new double[types];
    }

    boolean isPair() {
        return members.size() > 1;
    }

    SharedJob first() {
        return members.get(0);
    }

    /** Other shares count from now on; what is owed of those before stays owed. */
    void want(double[] shares, long passedNanos) {
        for (int type = 0; type < shares.length; type++) {
            owedNanos[type] += wanted[type] * passedNanos - receivedNanos[type];
            receivedNanos[type] = 0;
        }
        wanted = shares;
    }

    /** What earlier shares owe it, in whole milliseconds. */
    long owed(int type) {
        return Math.round(owedNanos[type] / GRAIN);
    }

    /**
     * Share over the rounds that it has had on a type, and half a one: in whole billionths; 0 for one without a share.
     *
     * @param roundNanos length of a round
     */
    long priority(int type, long roundNanos) {
        double rounds = 0.5 + (double) receivedNanos[type] / roundNanos;
        return wanted[type] < NO_SHARE ? 0 : Math.round(BILLION * wanted[type] / rounds);
    }

    /** Share in whole millionths. */
    long share(int type) {
        return Math.round(GRAIN * wanted[type]);
    }
}
