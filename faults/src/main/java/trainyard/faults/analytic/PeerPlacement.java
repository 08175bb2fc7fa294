package trainyard.faults.analytic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import trainyard.sim.checks.Checks;

/**
 * Copies of a checkpoint in the memory of peers: the chance that one copy of every shard is left after k of N nodes failed
 * at once, any k alike (Gemini, SOSP 2023).
 *
 * @param nodes N
 * @param copies copies m of each shard, its own included, 1 to N
 * @param failed nodes k that failed at once, 0 to N
 */
public record PeerPlacement(int nodes, int copies, int failed) {

    private static final int MOST_NODES = 1_000_000;

    public PeerPlacement {
        Checks.between("nodes", nodes, 1, MOST_NODES);
        Checks.between("copies", copies, 1, nodes);
        Checks.between("failed", failed, 0, nodes);
    }

    /**
     * Nodes in groups of m, each of which holds all m shards of its group: {@code sum over j of (-1)^j C(N/m, j) C(N - m j,
     * k - m j) / C(N, k)}. Computed in whole numbers, because the terms alternate.
     *
     * @throws IllegalArgumentException if the nodes do not divide into groups
     */
    public double groupSurvival() {
        if (nodes % copies != 0) {
            throw new IllegalArgumentException("nodes (" + nodes + ") must be a multiple of copies (" + copies + ")");
        }
        BigInteger ways = BigInteger.ZERO;
        for (int lost = 0; lost <= failed / copies; lost++) {
            BigInteger term =
                    choose(nodes / copies, lost).multiply(choose(nodes - copies * lost, failed - copies * lost));
            ways = lost % 2 == 0 ? ways.add(term) : ways.subtract(term);
        }
        return ratio(ways, choose(nodes, failed));
    }

    /** {@code max(0, 1 - (N/m) C(N - m, k - m) / C(N, k))}: union bound on {@link #groupSurvival}. */
    public double groupSurvivalBound() {
        if (failed < copies) {
            return 1;
        }
        double oneGroupLost = ratio(choose(nodes - copies, failed - copies), choose(nodes, failed));
        return Math.max(0, 1 - (double) nodes / copies * oneGroupLost);
    }

    /**
     * Each shard on its node and on the next one of a ring: {@code 1 - N / C(N, 2)}, the chance that two failed nodes are
     * not neighbours.
     *
     * @throws IllegalArgumentException unless two of at least three nodes failed and there are two copies
     */
    public double ringSurvival() {
        if (copies != 2 || failed != 2 || nodes < 3) {
            throw new IllegalArgumentException("the ring form holds for 2 copies, 2 failed nodes and at least 3 nodes");
        }
        return 1 - 2.0 / (nodes - 1);
    }

    /**
     * {@code t_checkpoint + 1 / (2 f) + t_retrieve}: time lost by a failure on average, f checkpoints per second.
     *
     * @param checkpointSeconds time from the start of a checkpoint until it is complete
     * @param checkpointsPerSecond f, positive
     * @param retrieveSeconds time to fetch it
     */
    public static double meanWastedSeconds(
            double checkpointSeconds, double checkpointsPerSecond, double retrieveSeconds) {
        Checks.notNegative("checkpointSeconds", checkpointSeconds);
        Checks.positive("checkpointsPerSecond", checkpointsPerSecond);
        Checks.notNegative("retrieveSeconds", retrieveSeconds);
        return checkpointSeconds + 1 / (2 * checkpointsPerSecond) + retrieveSeconds;
    }

    private static BigInteger choose(int n, int k) {
        BigInteger result = BigInteger.ONE;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            result = result.multiply(BigInteger.valueOf(n - i + 1L)).divide(BigInteger.valueOf(i));
        }
        return result;
    }

    private static double ratio(BigInteger part, BigInteger whole) {
        return new BigDecimal(part)
                .divide(new BigDecimal(whole), MathContext.DECIMAL128)
                .doubleValue();
    }
}
