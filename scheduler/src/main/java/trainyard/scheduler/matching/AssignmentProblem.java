package trainyard.scheduler.matching;

import java.util.Arrays;

/**
 * Jobs that each need a slot on some node.
 *
 * @param slots slots of each node, 0 or more, at least as many together as there are jobs
 * @param cost of each job on each node, from 0 to below {@link #COST_LIMIT}
 */
public record AssignmentProblem(int[] slots, long[][] cost) {

    /** Costs are below this, which the flow of JGraphT takes for infinite. */
    public static final long COST_LIMIT = 1_000_000_000;

    public AssignmentProblem {
        slots = slots.clone();
        int nodes = slots.length;
        cost = Arrays.stream(cost).map(long[]::clone).toArray(long[][]::new);
        for (long[] ofJob : cost) {
            if (ofJob.length != nodes || Arrays.stream(ofJob).anyMatch(one -> one < 0 || one >= COST_LIMIT)) {
                throw new IllegalArgumentException(
                        "each job needs a cost from 0 to below " + COST_LIMIT + " for each of " + nodes + " nodes");
            }
        }
        if (Arrays.stream(slots).anyMatch(some -> some < 0)
                || Arrays.stream(slots).sum() < cost.length) {
            throw new IllegalArgumentException(cost.length + " jobs need as many slots");
        }
    }

    public int jobs() {
        return cost.length;
    }

    public int nodes() {
        return slots.length;
    }

    /** Cost of all jobs together, given the node of each. */
    public long cost(int[] nodeOf) {
        long total = 0;
        for (int job = 0; job < nodeOf.length; job++) {
            total = Math.addExact(total, cost[job][nodeOf[job]]);
        }
        return total;
    }

    /** The node of each slot. */
    int[] nodeOfSlot() {
        int[] nodeOf = new int[Arrays.stream(slots).sum()];
        int slot = 0;
        for (int node = 0; node < slots.length; node++) {
            Arrays.fill(nodeOf, slot, slot + slots[node], node);
            slot += slots[node];
        }
        return nodeOf;
    }
}
