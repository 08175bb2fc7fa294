package trainyard.faults.analytic;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import trainyard.sim.checks.Checks;

/** How many spare nodes a job needs, and how often it has all of its nodes, when failures are independent. */
public final class SpareNodes {

    private SpareNodes() {}

    /**
     * The fewest spares k with {@code P(Bin(N, p) <= k) >= q}: enough for the failures of one period in a share q of the
     * periods. The rule of ByteRobust (SOSP 2025, arXiv 2509.16293) with q = 0.99 and a period of one day.
     *
     * @param nodes N, at least 1
     * @param failureProbability chance p that one node fails within the period
     * @param confidence q
     */
    public static int quantile(int nodes, double failureProbability, double confidence) {
        Checks.atLeast("nodes", nodes, 1);
        Checks.probability("failureProbability", failureProbability);
        Checks.probability("confidence", confidence);
        return BinomialDistribution.of(nodes, failureProbability).inverseCumulativeProbability(confidence);
    }

    /**
     * {@code P(Bin(N + s, u) <= s)} with {@code u = MTTR / (MTTF + MTTR)}: share of the time that N of N + s nodes are up
     * when the spares run and fail like the others (hot) and each node is repaired at once.
     *
     * @param nodes nodes of the job, at least 1
     * @param spares s, at least 0
     * @param mttfSeconds mean time to failure of one node, positive
     * @param mttrSeconds mean time to repair of one node, positive
     */
    public static double hotFullyStaffed(int nodes, int spares, double mttfSeconds, double mttrSeconds) {
        Checks.atLeast("nodes", nodes, 1);
        Checks.atLeast("spares", spares, 0);
        Checks.positive("mttfSeconds", mttfSeconds);
        Checks.positive("mttrSeconds", mttrSeconds);
        return BinomialDistribution.of(nodes + spares, mttrSeconds / (mttfSeconds + mttrSeconds))
                .cumulativeProbability(spares);
    }
}
