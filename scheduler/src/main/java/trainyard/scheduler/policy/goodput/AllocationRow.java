package trainyard.scheduler.policy.goodput;

import java.util.Arrays;
import trainyard.scheduler.cluster.NodeShares;

/** The GPUs of one job on each node: a row of the matrix of allocations. It never changes, so that matrices share rows. */
public final class AllocationRow {

    private final int[] gpus;
    private final int total;
    private final int nodes;

    /**
     * @param gpus of each node; not to be changed any more
     */
    public AllocationRow(int[] gpus) {
        this.gpus = gpus;
        int sum = 0;
        int some = 0;
        for (int count : gpus) {
            sum += count;
            some += count > 0 ? 1 : 0;
        }
        total = sum;
        nodes = some;
    }

    /** No GPU of so many nodes. */
    public static AllocationRow none(int nodes) {
        return new AllocationRow(new int[nodes]);
    }

    /** GPUs of a node. */
    public int gpus(int node) {
        return gpus[node];
    }

    int[] copy() {
        return gpus.clone();
    }

    void copyTo(int[] other) {
        System.arraycopy(gpus, 0, other, 0, gpus.length);
    }

    boolean isSame(int[] other) {
        return Arrays.equals(gpus, other);
    }

    /** On all nodes. */
    public int total() {
        return total;
    }

    /** How many nodes it has GPUs of. */
    public int nodes() {
        return nodes;
    }

    /** Whether both have the same on each node. */
    public boolean isSame(AllocationRow other) {
        return this == other || total == other.total && Arrays.equals(gpus, other.gpus);
    }

    /** The same as shares of nodes. */
    public NodeShares shares() {
        NodeShares shares = new NodeShares();
        for (int node = 0; node < gpus.length; node++) {
            if (gpus[node] > 0) {
                shares.add(node, gpus[node]);
            }
        }
        return shares;
    }
}
