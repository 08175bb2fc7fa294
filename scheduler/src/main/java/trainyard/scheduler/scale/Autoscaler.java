package trainyard.scheduler.scale;

import java.util.Objects;

/**
 * Orders nodes and gives them back.
 *
 * @param gpuType of the jobs that its nodes are for, which run on no others; empty for all jobs
 * @param rule how many nodes there should be; made for this run
 * @param firstNode the first node that it scales
 * @param endNode the node behind the last one; all have as many GPUs
 * @param leastNodes of these that always stay, 0 or more
 * @param periodNanos how often it looks, above 0
 * @param provisionNanos from an order until the node is there, 0 or more
 * @param idleNanos for which a node has to be empty before it is given back, 0 or more
 */
public record Autoscaler(
        String gpuType,
        ScalingRule rule,
        int firstNode,
        int endNode,
        int leastNodes,
        long periodNanos,
        long provisionNanos,
        long idleNanos) {

    public Autoscaler {
        Objects.requireNonNull(gpuType, "gpuType");
        Objects.requireNonNull(rule, "rule");
        if (firstNode < 0 || endNode <= firstNode || leastNodes < 0 || leastNodes > endNode - firstNode) {
            throw new IllegalArgumentException(
                    "there cannot stay " + leastNodes + " of nodes " + firstNode + " to " + endNode);
        }
        if (periodNanos < 1 || provisionNanos < 0 || idleNanos < 0) {
            throw new IllegalArgumentException("a look every " + periodNanos + " ns, nodes after " + provisionNanos
                    + " ns and idle ones for " + idleNanos + " ns are no autoscaler");
        }
    }

    /** For all jobs. */
    public Autoscaler(
            ScalingRule rule,
            int firstNode,
            int endNode,
            int leastNodes,
            long periodNanos,
            long provisionNanos,
            long idleNanos) {
        this("", rule, firstNode, endNode, leastNodes, periodNanos, provisionNanos, idleNanos);
    }

    /** Whether its nodes are for the jobs of one type alone. */
    public boolean isOfType() {
        return !gpuType.isEmpty();
    }
}
