package trainyard.scheduler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trainyard.scheduler.job.JobTraits;

/**
 * The nodes of a cluster, pool after pool, and the islands and racks in which they lie; immutable. Numbers of GPUs are whole ones here;
 * {@link #partsPerGpu} says in what parts of them a run counts.
 */
public final class ClusterLayout {

    private static final List<DomainLevel> GROUPED = List.of(DomainLevel.ISLAND, DomainLevel.RACK, DomainLevel.POOL);

    private final List<NodePool> pools;
    private final int[] gpusOfNode;
    /** For each level from the island to the pool, the first node of each domain. */
    private final int[][] firstNodes;

    private final int[] poolOf;
    private final int[] islandOf;
    private final int[] rackOf;
    private final int partsPerGpu;

    private ClusterLayout(List<NodePool> pools, int partsPerGpu) {
        this.pools = List.copyOf(pools);
        this.partsPerGpu = partsPerGpu;
        int nodes = pools.stream().mapToInt(NodePool::nodes).sum();
        gpusOfNode = new int[nodes];
        poolOf = new int[nodes];
        islandOf = new int[nodes];
        rackOf = new int[nodes];
        List<Integer> islands = new ArrayList<>();
        List<Integer> racks = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();
        int node = 0;
        for (NodePool pool : pools) {
            firsts.add(node);
            for (int i = 0; i < pool.nodes(); i++, node++) {
                addIf(i % pool.nodesPerIsland() == 0, islands, node);
                addIf(i % pool.nodesPerRack() == 0, racks, node);
                gpusOfNode[node] = pool.gpusPerNode();
                poolOf[node] = firsts.size() - 1;
                islandOf[node] = islands.size() - 1;
                rackOf[node] = racks.size() - 1;
            }
        }
        firstNodes = new int[][] {array(islands), array(racks), array(firsts)};
    }

    private static void addIf(boolean condition, List<Integer> list, int node) {
        if (condition) {
            list.add(node);
        }
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * @throws IllegalArgumentException if there is no pool or two have one name
     */
    public static ClusterLayout of(List<NodePool> pools) {
        Set<String> names = new HashSet<>();
        pools.forEach(pool -> names.add(pool.name()));
        if (pools.isEmpty() || names.size() < pools.size()) {
            throw new IllegalArgumentException("a cluster needs pools with names of their own, got " + names);
        }
        return new ClusterLayout(pools, 1);
    }

    /**
     * The same for jobs that share GPUs in thousandths.
     *
     * @throws ArithmeticException if there are more than two million GPUs
     */
    public ClusterLayout shared() {
        Math.multiplyExact(gpus(), JobTraits.WHOLE_GPU);
        return new ClusterLayout(pools, JobTraits.WHOLE_GPU);
    }

    /** In how many parts a run counts each GPU: 1, or 1000 where jobs share them. */
    public int partsPerGpu() {
        return partsPerGpu;
    }

    /** One pool of equal nodes in one rack. */
    public static ClusterLayout equal(int nodes, int gpusPerNode) {
        return of(List.of(NodePool.of("nodes", nodes, gpusPerNode)));
    }

    public List<NodePool> pools() {
        return pools;
    }

    public int nodes() {
        return gpusOfNode.length;
    }

    /** Whether processors or memory of nodes are counted. */
    public boolean countsHosts() {
        return pools.stream()
                .anyMatch(pool -> Double.isFinite(pool.cpusPerNode()) || Double.isFinite(pool.memoryBytesPerNode()));
    }

    /** GPUs of all nodes. */
    public int gpus() {
        return Arrays.stream(gpusOfNode).sum();
    }

    /** GPUs of a node. */
    public int gpus(int node) {
        return gpusOfNode[node];
    }

    /** The pool of a node. */
    public NodePool pool(int node) {
        return pools.get(poolOf[node]);
    }

    /** The domain of a level in which a node lies, counted through the cluster. */
    public int domain(DomainLevel level, int node) {
        return switch (level) {
            case NODE -> node;
            case ISLAND -> islandOf[node];
            case RACK -> rackOf[node];
            case POOL -> poolOf[node];
            case CLUSTER -> 0;
        };
    }

    /** How many domains of a level hold a share of a job. */
    public int domains(DomainLevel level, NodeShares shares) {
        int count = 0;
        for (int i = 0; i < shares.count(); i++) {
            int domain = domain(level, shares.node(i));
            int earlier = 0;
            while (domain(level, shares.node(earlier)) != domain) {
                earlier++;
            }
            count += earlier == i ? 1 : 0;
        }
        return count;
    }

    /** The narrowest level of which one domain holds all shares. */
    public DomainLevel spread(NodeShares shares) {
        for (DomainLevel level : DomainLevel.values()) {
            int first = domain(level, shares.node(0));
            boolean one = true;
            for (int i = 1; i < shares.count() && one; i++) {
                one = domain(level, shares.node(i)) == first;
            }
            if (one) {
                return level;
            }
        }
        return DomainLevel.CLUSTER;
    }

    /**
     * All GPUs, free, in groups of every level whose domains hold more than a node; islands and racks also within each pool. Where
     * jobs share GPUs there are no groups.
     */
    public FreeGpus free() {
        if (partsPerGpu > 1) {
            return new FreeGpus(gpusOfNode, partsPerGpu);
        }
        FreeGpus free = new FreeGpus(gpusOfNode);
        for (DomainLevel level : GROUPED) {
            group(free, level, 0);
        }
        if (pools.size() > 1) {
            NodeGroups parts = free.groups(DomainLevel.POOL);
            for (int pool = 0; pool < parts.count(); pool++) {
                group(parts.part(pool), DomainLevel.ISLAND, parts.firstNode(pool));
                group(parts.part(pool), DomainLevel.RACK, parts.firstNode(pool));
            }
        }
        return free;
    }

    private void group(FreeGpus free, DomainLevel level, int firstNode) {
        int[] firsts = Arrays.stream(firstNodes[level.ordinal() - 1])
                .filter(node -> node >= firstNode && node < firstNode + free.nodes())
                .map(node -> node - firstNode)
                .toArray();
        if (firsts.length < free.nodes() || level == DomainLevel.POOL) {
            free.group(level, firsts);
        }
    }
}
