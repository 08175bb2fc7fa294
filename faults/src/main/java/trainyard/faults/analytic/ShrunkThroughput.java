package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/** Throughput, relative to before, of a job that goes on without the replicas that it lost. */
public final class ShrunkThroughput {

    private ShrunkThroughput() {}

    /**
     * {@code ceil(B / (b d)) / ceil(B / (b (d - f)))}: the batch is kept by more accumulation. Exact where computation
     * decides; the ceilings make a staircase.
     *
     * @param globalBatch samples B per step, at least 1
     * @param microBatch samples b per pass, at least 1
     * @param replicas d, at least 1
     * @param lost f, 0 to d - 1
     */
    public static double fixedBatch(int globalBatch, int microBatch, int replicas, int lost) {
        Checks.atLeast("globalBatch", globalBatch, 1);
        Checks.atLeast("microBatch", microBatch, 1);
        return (double) passes(globalBatch, microBatch, replicas)
                / passes(globalBatch, microBatch, left(replicas, lost));
    }

    private static long passes(int globalBatch, int microBatch, int replicas) {
        long perPass = (long) microBatch * replicas;
        return (globalBatch + perPass - 1) / perPass;
    }

    /** {@code (d - f) / d}: the batch shrinks with the replicas. */
    public static double scaledBatch(int replicas, int lost) {
        return (double) left(replicas, lost) / replicas;
    }

    /**
     * {@code 1 - (rec + lost) / M - (tau / M) / d}: mean over many failures, each of which costs a reconfiguration, lost
     * work and one replica of d until it is repaired. First order in tau / (M d).
     *
     * @param mtbfSeconds M, positive
     * @param repairSeconds tau
     * @param reconfigurationSeconds rec
     * @param lostWorkSeconds lost
     * @param replicas d, at least 1
     */
    public static double cycleAverage(
            double mtbfSeconds,
            double repairSeconds,
            double reconfigurationSeconds,
            double lostWorkSeconds,
            int replicas) {
        Checks.positive("mtbfSeconds", mtbfSeconds);
        Checks.notNegative("repairSeconds", repairSeconds);
        Checks.notNegative("reconfigurationSeconds", reconfigurationSeconds);
        Checks.notNegative("lostWorkSeconds", lostWorkSeconds);
        Checks.atLeast("replicas", replicas, 1);
        return 1 - (reconfigurationSeconds + lostWorkSeconds) / mtbfSeconds - repairSeconds / mtbfSeconds / replicas;
    }

    private static int left(int replicas, int lost) {
        Checks.atLeast("replicas", replicas, 1);
        Checks.between("lost", lost, 0, replicas - 1);
        return replicas - lost;
    }
}
