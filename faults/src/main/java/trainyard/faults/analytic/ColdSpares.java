package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * A pool whose idle spares do not fail (cold) and whose repair shop has a number of crews: a birth and death process in
 * the number k of nodes under repair. Births come at {@code N / MTTF} while {@code k < s}, at {@code (N + s - k) / MTTF}
 * from then on; deaths at {@code min(k, c) / MTTR}. Failures and repairs are exponential.
 */
public final class ColdSpares {

    /** As many crews as there can be nodes to repair. */
    public static final int UNLIMITED_CREWS = Integer.MAX_VALUE;

    private final int spares;
    private final double[] probability;

    /**
     * @param nodes nodes N of the job, at least 1
     * @param spares spares s, at least 0
     * @param crews nodes c that can be in repair at once, at least 1
     * @param mttfSeconds mean time to failure of a running node, positive
     * @param mttrSeconds mean time of one repair, positive
     */
    public ColdSpares(int nodes, int spares, int crews, double mttfSeconds, double mttrSeconds) {
        Checks.atLeast("nodes", nodes, 1);
        Checks.atLeast("spares", spares, 0);
        Checks.atLeast("crews", crews, 1);
        Checks.positive("mttfSeconds", mttfSeconds);
        Checks.positive("mttrSeconds", mttrSeconds);
        this.spares = spares;
        this.probability = stationary(nodes, spares, crews, mttrSeconds / mttfSeconds);
    }

    /** In logarithms: weights of a pool of thousands span more than a double holds. */
    private static double[] stationary(int nodes, int spares, int crews, double load) {
        double[] weight = new double[nodes + spares + 1];
        double largest = 0;
        for (int k = 1; k < weight.length; k++) {
            int running = Math.min(nodes, nodes + spares - (k - 1));
            weight[k] = weight[k - 1] + Math.log(running * load / Math.min(k, crews));
            largest = Math.max(largest, weight[k]);
        }
        double sum = 0;
        for (int k = 0; k < weight.length; k++) {
            weight[k] = Math.exp(weight[k] - largest);
            sum += weight[k];
        }
        for (int k = 0; k < weight.length; k++) {
            weight[k] /= sum;
        }
        return weight;
    }

    /** Share of the time that the job has all of its nodes: at most s are under repair. */
    public double fullyStaffed() {
        double sum = 0;
        for (int k = 0; k <= spares; k++) {
            sum += probability[k];
        }
        return sum;
    }

    /** Nodes that the job lacks on average. */
    public double meanShortfall() {
        double sum = 0;
        for (int k = spares + 1; k < probability.length; k++) {
            sum += (k - spares) * probability[k];
        }
        return sum;
    }
}
