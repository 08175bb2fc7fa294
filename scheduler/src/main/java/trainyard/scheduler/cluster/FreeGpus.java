package trainyard.scheduler.cluster;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Free GPUs of each node, counted in parts of a GPU: whole ones where jobs hold whole GPUs, thousandths where some share one (see
 * {@link #partsPerGpu}). Nodes lie in buckets by how many GPUs are free on them, so that the first, the fullest or the
 * emptiest node with enough of them is found without a look at every node. Nodes that are not up are in no bucket.
 */
public final class FreeGpus {

    /** A node that is not there. */
    public static final int NONE = -1;

    private static final int UP = NodeStatus.UP.ordinal();

    private final int[] capacity;
    private final int[] free;
    /** Nodes that are up. */
    private final BitSet[] byFree;
    /** How many nodes are in each bucket. */
    private final int[] nodesByFree;

    private final NodeStatus[] status;
    private final int[] freeByStatus = new int[NodeStatus.values().length];
    private final int[] capacityByStatus = new int[NodeStatus.values().length];
    private final int totalGpus;
    private final int partsPerGpu;
    private long statusChanges;
    private NodeGroups[] groups = {};
    private final NodeGroups[] groupsByLevel = new NodeGroups[DomainLevel.values().length];

    /**
     * An empty cluster.
     *
     * @param gpusOfNodes GPUs of each node, each at least 1
     */
    public FreeGpus(int[] gpusOfNodes) {
        this(gpusOfNodes, 1);
    }

    /**
     * An empty cluster whose GPUs are counted in parts.
     *
     * @param gpusOfNodes GPUs of each node, each at least 1
     * @param partsPerGpu in how many parts each is counted, at least 1
     */
    FreeGpus(int[] gpusOfNodes, int partsPerGpu) {
        this.partsPerGpu = partsPerGpu;
        capacity = Arrays.stream(gpusOfNodes)
                .map(gpus -> Math.multiplyExact(gpus, partsPerGpu))
                .toArray();
        free = capacity.clone();
        int most = Arrays.stream(capacity).max().orElse(0);
        byFree = new BitSet[most + 1];
        Arrays.setAll(byFree, count -> new BitSet());
        nodesByFree = new int[byFree.length];
        status = new NodeStatus[capacity.length];
        Arrays.fill(status, NodeStatus.UP);
        for (int node = 0; node < capacity.length; node++) {
            if (capacity[node] < 1) {
                throw new IllegalArgumentException("node " + node + " has no GPU");
            }
            putInBucket(node);
            freeByStatus[UP] += free[node];
        }
        totalGpus = freeByStatus[UP];
        capacityByStatus[UP] = totalGpus;
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

    /** In how many parts each GPU is counted, by all that is said here of GPUs: 1 where jobs hold whole ones. */
    public int partsPerGpu() {
        return partsPerGpu;
    }

    /** How often the status of a node has been changed. */
    public long statusChanges() {
        return statusChanges;
    }

    /** GPUs of all nodes, free or not. */
    public int total() {
        return totalGpus;
    }

    /** Free GPUs of all nodes that are up. */
    public int free() {
        return freeByStatus[UP];
    }

    /** GPUs that no job has, of all nodes with a status. */
    public int free(NodeStatus wanted) {
        return freeByStatus[wanted.ordinal()];
    }

    /** GPUs of all nodes with a status. */
    public int capacity(NodeStatus wanted) {
        return capacityByStatus[wanted.ordinal()];
    }

    /** GPUs of a node that no job has. */
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

    /** Whether a node can be given to jobs. */
    public NodeStatus status(int node) {
        return status[node];
    }

    /** Changes whether a node can be given to jobs; what jobs have of it stays theirs. */
    public void setStatus(int node, NodeStatus next) {
        NodeStatus before = status[node];
        freeByStatus[before.ordinal()] -= free[node];
        freeByStatus[next.ordinal()] += free[node];
        capacityByStatus[before.ordinal()] -= capacity[node];
        capacityByStatus[next.ordinal()] += capacity[node];
        if (before == NodeStatus.UP) {
            takeFromBucket(node);
        }
        if (next == NodeStatus.UP) {
            putInBucket(node);
        }
        status[node] = next;
        statusChanges++;
        for (NodeGroups level : groups) {
            level.setStatus(node, next);
        }
    }

    /** Keeps the free GPUs of each group of neighbouring nodes, too; before anything is taken. */
    void group(DomainLevel level, int[] firstNodes) {
        if (firstNodes.length == 1) {
            groupsByLevel[level.ordinal()] = new NodeGroups(this);
            return;
        }
        NodeGroups added = new NodeGroups(firstNodes, capacity);
        groups = Arrays.copyOf(groups, groups.length + 1);
        groups[groups.length - 1] = added;
        groupsByLevel[level.ordinal()] = added;
    }

    /** Whether the nodes lie in groups of a level. */
    public boolean hasGroups(DomainLevel level) {
        return groupsByLevel[level.ordinal()] != null;
    }

    /**
     * The groups of a level.
     *
     * @throws IllegalArgumentException if there are none
     */
    public NodeGroups groups(DomainLevel level) {
        if (!hasGroups(level)) {
            throw new IllegalArgumentException("the nodes lie in no groups of the level " + level.word());
        }
        return groupsByLevel[level.ordinal()];
    }

    /** The first node that is up, from a number on, with exactly so many free GPUs; {@link #NONE} if there is none. */
    public int withExactly(int gpus, int from) {
        return nodesWithExactly(gpus) > 0 ? byFree[gpus].nextSetBit(from) : NONE;
    }

    /** How many nodes that are up have exactly so many free GPUs. */
    public int nodesWithExactly(int gpus) {
        return gpus < byFree.length ? nodesByFree[gpus] : 0;
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
        if (status[node] == NodeStatus.UP) {
            takeFromBucket(node);
            free[node] = now;
            putInBucket(node);
        }
        free[node] = now;
        freeByStatus[status[node].ordinal()] += gpus;
        for (NodeGroups level : groups) {
            level.change(node, gpus);
        }
    }

    private void putInBucket(int node) {
        byFree[free[node]].set(node);
        nodesByFree[free[node]]++;
    }

    private void takeFromBucket(int node) {
        byFree[free[node]].clear(node);
        nodesByFree[free[node]]--;
    }
}
