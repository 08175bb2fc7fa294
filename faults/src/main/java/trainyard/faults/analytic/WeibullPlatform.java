package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;
import trainyard.sim.random.Weibull;

/**
 * A platform of nodes whose times to failure are Weibull. "All new at the start" and "only the failed node is renewed"
 * are different worlds: below shape 1 the first has a burst of early failures that the second leaves behind.
 *
 * @param nodes N, at least 1
 * @param shape k, positive
 * @param nodeMtbfSeconds mean time to failure of one node, positive
 */
public record WeibullPlatform(int nodes, double shape, double nodeMtbfSeconds) {

    public WeibullPlatform {
        Checks.atLeast("nodes", nodes, 1);
        Checks.positive("shape", shape);
        Checks.positive("nodeMtbfSeconds", nodeMtbfSeconds);
    }

    /**
     * {@code s N^(-1/k) Gamma(1 + 1/k)} with scale s, that is {@code mtbf N^(-1/k)}: mean time to the first failure when
     * all nodes are new.
     */
    public double meanFirstFailureSeconds() {
        return nodeMtbfSeconds * Math.pow(nodes, -1 / shape);
    }

    /** {@code mtbf / N}: mean time between failures in the long run, when only the failed node is renewed. */
    public double longRunMtbfSeconds() {
        return nodeMtbfSeconds / nodes;
    }

    /** {@code exp(-N (t/s)^k)}: chance that no node fails before t when all are new. */
    public double survival(double seconds) {
        return Math.exp(-hazard(seconds));
    }

    /** {@code exp(-N ((t2/s)^k - (t1/s)^k))}: chance of no failure until t2 when there was none until t1. */
    public double conditionalSurvival(double fromSeconds, double toSeconds) {
        if (!(toSeconds >= fromSeconds)) {
            throw new IllegalArgumentException(
                    "toSeconds (" + toSeconds + ") must not be before fromSeconds (" + fromSeconds + ")");
        }
        return Math.exp(hazard(fromSeconds) - hazard(toSeconds));
    }

    private double hazard(double seconds) {
        Checks.notNegative("seconds", seconds);
        double scale = Weibull.withMean(nodeMtbfSeconds, shape).scale();
        return nodes * Math.pow(seconds / scale, shape);
    }
}
