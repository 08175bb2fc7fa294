package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * SWIM (Das, Gupta and Motivala, DSN 2002): once a period each node pings another one at random; without an answer it asks
 * k others to ping it; without an answer from any of them it suspects it at the end of the period. Periods of the nodes
 * start at times of their own.
 *
 * @param nodes n, at least 2
 * @param periodSeconds T, positive
 * @param indirect k, 0 or more
 * @param loss chance p that one message is lost, independent of the others
 */
public record GossipDetector(int nodes, double periodSeconds, int indirect, double loss) {

    public GossipDetector {
        Checks.atLeast("nodes", nodes, 2);
        Checks.positive("periodSeconds", periodSeconds);
        Checks.atLeast("indirect", indirect, 0);
        Checks.probability("loss", loss);
    }

    /**
     * {@code T (1 - (1 - r)^n) / (r n (1 - (1 - r)^(n - 1))) + T}, r = 1/(n - 1): mean time until a crashed node is first
     * suspected. A node has pinged it with chance r in each whole period and r s in a share s of one; the n - 1 others do so
     * independently. The node that pinged it first waits to the end of its period. 2 T in the limit of large n.
     */
    public double meanSuspicionSeconds() {
        double chance = 1.0 / (nodes - 1);
        double kept = -Math.expm1(nodes * Math.log1p(-chance));
        double notKept = -Math.expm1((nodes - 1) * Math.log1p(-chance));
        return periodSeconds * kept / (chance * nodes * notKept) + periodSeconds;
    }

    /** {@code (1 - q^2) (1 - q^4)^k}, q = 1 - p: chance that a ping of a live node ends in a suspicion. */
    public double falseSuspicionProbability() {
        double received = 1 - loss;
        return (1 - Math.pow(received, 2)) * Math.pow(1 - Math.pow(received, 4), indirect);
    }
}
