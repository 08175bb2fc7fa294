package trainyard.scheduler.peer.gavel;

import java.util.List;

/** What can be run at one time: a job, or two jobs that share their GPUs. */
final class Unit {

    static final int NONE = -1;

    final int first;
    final int second;
    final int gpus;
    /** Steps per second of the first and the second job on each type. */
    final double[][] speeds;
    /** Seconds that it ran on each type since shares were last decided, and half a round. */
    final double[] received;

    final double[] priority;
    final double[] deficit;
    /** Its shares; empty until they were decided for it. */
    double[] shares = {};

    /** A job alone. */
    Unit(int job, int gpus, double[] speed, double received) {
        this(job, NONE, gpus, new double[][] {speed}, received);
    }

    /** Two jobs together. */
    Unit(int first, int second, int gpus, double[][] speeds, double received) {
        this.first = first;
        this.second = second;
        this.gpus = gpus;
        this.speeds = speeds;
        int types = speeds[0].length;
        this.received = new double[types];
        java.util.Arrays.fill(this.received, received);
        this.priority = new double[types];
        this.deficit = new double[types];
    }

    boolean isPair() {
        return second != NONE;
    }

    boolean has(int job) {
        return first == job || second == job;
    }

    List<Integer> jobs() {
        return isPair() ? List.of(first, second) : List.of(first);
    }

    boolean runsOn(int type) {
        for (double[] speed : speeds) {
            if (speed[type] <= 0) {
                return false;
            }
        }
        return true;
    }

    double share(int type) {
        return shares.length == 0 ? 0 : shares[type];
    }
}
