package trainyard.scheduler.cluster;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Free GPUs of each node. Nodes lie in buckets by how many GPUs are free on them, so that the first, the fullest or the
 * emptiest node with enough of them is found without a look at every node.
 */
public final class FreeGpus {

    /** A node that is not there. */
    public static final int NONE = -1;

    private final int[] capacity;
    private final int[] free;
    private final BitSet[] byFree;
    private final int totalGpus;
    private int freeGpus;

    /**
     * An empty cluster.
     *
     * @param gpusOfNodes GPUs of each node, each at least 1
     */
    public FreeGpus(int[] gpusOfNodes) {
        capacity = gpusOfNodes.clone();
        free = gpusOfNodes.clone();
        int most = Arrays.stream(capacity).max().orElse(0);
        byFree = new BitSet[most + 1];
        Arrays.setAll(byFree, count -> new BitSet());
        for (int node = 0; node < capacity.length; node++) {
            if (capacity[node] < 1) {
                throw new IllegalArgumentException("node " + node + " has no GPU");
            }
            byFree[free[node]].set(node);
            freeGpus += free[node];
        }
        totalGpus = freeGpus;
    }

    /** An empty cluster of equal nodes. */
    public static FreeGpus equal(int nodes, int gpusPerNode) {
        int[] gpus = new int[nodes];
        Arrays.fill(gpus, gpusPerNode);
        return new FreeGpus(gpus);
    }

    public int nodes() {
        return capacity.length;
    }

    /** GPUs of all nodes, free or not. */
    public int total() {
        return totalGpus;
    }

    /** Free GPUs of all nodes. */
    public int free() {
        return freeGpus;
    }

    /** Free GPUs of a node. */
    public int free(int node) {
        return free[node];
    }

    /** GPUs of a node, free or not. */
    public int capacity(int node) {
        return capacity[node];
    }

    /** GPUs of the largest node. */
    public int largestNode() {
        return byFree.length - 1;
    }

    /** The first node, from a number on, with exactly so many free GPUs; {@link #NONE} if there is none. */
    public int withExactly(int gpus, int from) {
        return gpus < byFree.length ? byFree[gpus].nextSetBit(from) : NONE;
    }

    /**
     * Takes GPUs of a node.
     *
     * @throws IllegalArgumentException if it has not as many free
     */
    public void take(int node, int gpus) {
        change(node, -gpus);
    }

    /**
     * Gives GPUs of a node back.
     *
     * @throws IllegalArgumentException if it has not as many taken
     */
    public void give(int node, int gpus) {
        change(node, gpus);
    }

    private void change(int node, int gpus) {
        int now = free[node] + gpus;
        if (now < 0 || now > capacity[node]) {
            throw new IllegalArgumentException(
                    "node " + node + " of " + capacity[node] + " GPUs cannot have " + now + " free");
        }
        byFree[free[node]].clear(node);
        byFree[now].set(node);
        free[node] = now;
        freeGpus += gpus;
    }
}
