package trainyard.scheduler.cluster;

import java.util.Arrays;

/**
 * The nodes of a cluster in groups of neighbours, each with its own free GPUs, so that a placement can look at one group as if
 * it were a cluster.
 */
public final class NodeGroups {

    private final int[] firstNode;
    private final int[] groupOf;
    private final FreeGpus[] parts;

    NodeGroups(int[] firstNodes, int[] capacity) {
        firstNode = firstNodes.clone();
        groupOf = new int[capacity.length];
        parts = new FreeGpus[firstNode.length];
        for (int group = 0; group < parts.length; group++) {
            int end = group + 1 < parts.length ? firstNode[group + 1] : capacity.length;
            int[] gpus = new int[end - firstNode[group]];
            System.arraycopy(capacity, firstNode[group], gpus, 0, gpus.length);
            parts[group] = new FreeGpus(gpus);
            Arrays.fill(groupOf, firstNode[group], end, group);
        }
    }

    public int count() {
        return parts.length;
    }

    /** Number in the cluster of the first node of a group. */
    public int firstNode(int group) {
        return firstNode[group];
    }

    /** What is free in a group, with nodes counted from its first one; to look at, not to change. */
    public FreeGpus part(int group) {
        return parts[group];
    }

    /** All nodes in one group. */
    NodeGroups(FreeGpus all) {
        firstNode = new int[] {0};
        groupOf = new int[all.nodes()];
        parts = new FreeGpus[] {all};
    }

    void change(int node, int gpus) {
        int group = groupOf[node];
        FreeGpus part = parts[group];
        if (gpus < 0) {
            part.take(node - firstNode[group], -gpus);
        } else {
            part.give(node - firstNode[group], gpus);
        }
    }

    void setStatus(int node, NodeStatus status) {
        int group = groupOf[node];
        parts[group].setStatus(node - firstNode[group], status);
    }
}
