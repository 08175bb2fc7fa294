package trainyard.scheduler.cluster;

import java.util.Arrays;

/**
 * GPUs on some nodes: where a job may run. They are counted as {@link FreeGpus} does. Where jobs share GPUs it is known which of a node
 * they are. One object is used again and again, so that choosing allocates nothing.
 */
public final class NodeShares {

    private int[] nodes = new int[16];
    private int[] gpus = new int[16];
    private long[] which = new long[16];
    private int count;

    /** Forgets all. */
    public void clear() {
        count = 0;
    }

    /** Adds GPUs of a node that is not among them yet. */
    public void add(int node, int gpusOfNode) {
        add(node, gpusOfNode, 0);
    }

    /**
     * Adds GPUs of a node that is not among them yet.
     *
     * @param gpusOfNode how many, in parts
     * @param whichOnes a bit for each of the node's GPUs that they are; 0 where that makes no difference
     */
    public void add(int node, int gpusOfNode, long whichOnes) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * count);
            gpus = Arrays.copyOf(gpus, 2 * count);
            which = Arrays.copyOf(which, 2 * count);
        }
        nodes[count] = node;
        which[count] = whichOnes;
        gpus[count++] = gpusOfNode;
    }

    /** Adds what another object holds. */
    public void addAll(NodeShares others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nodes[i], others.gpus[i], others.which[i]);
        }
    }

    /** Counts nodes from another one on. */
    public void shift(int firstNode) {
        for (int i = 0; i < count; i++) {
            nodes[i] += firstNode;
        }
    }

    /** How many nodes. */
    public int count() {
        return count;
    }

    public int node(int index) {
        return nodes[index];
    }

    public int gpus(int index) {
        return gpus[index];
    }

    /** A bit for each of the node's GPUs that they are; 0 where that makes no difference. */
    public long which(int index) {
        return which[index];
    }

    /** A copy of {@link #which} of each node. */
    public long[] whichOfNodes() {
        return Arrays.copyOf(which, count);
    }

    /** GPUs on all of them. */
    public int total() {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += gpus[i];
        }
        return total;
    }

    /** A copy of the nodes. */
    public int[] nodes() {
        return Arrays.copyOf(nodes, count);
    }

    /** A copy of the GPUs of each node. */
    public int[] gpusOfNodes() {
        return Arrays.copyOf(gpus, count);
    }

    /** Takes them from what is free. */
    public void take(FreeGpus free) {
        for (int i = 0; i < count; i++) {
            free.take(nodes[i], gpus[i]);
        }
    }
}
