package trainyard.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.sharing.Fragmentation;
import trainyard.scheduler.sharing.GpuNode;
import trainyard.scheduler.sharing.NodeScore;
import trainyard.scheduler.sharing.NodeTree;
import trainyard.scheduler.sharing.PodDemand;
import trainyard.scheduler.sharing.ScoredNodes;

/**
 * Jobs that share GPUs in thousandths beside jobs on whole ones, on nodes with processors and memory: of the nodes that have enough
 * of all three the one with the best score. A job of more GPUs than a node of its pool has gets whole nodes, the first of the
 * pool that are empty, and the rest on the best other one. A job stays on the GPUs that it got.
 *
 * <p>Typical jobs, by which {@code fgd} and {@link #unusable} go, are those of the list: the most frequent demands that make up
 * 95 % of it, as in the simulator of FGD; a job of more GPUs than the largest node has counts as one of a whole node.
 *
 * <p>It keeps books of each GPU, so one object serves one run.
 */
public final class SharedGpus implements Placement {

    /** Part of the jobs that typical ones make up; that of the simulator of FGD. */
    private static final double TYPICAL_SHARE = 0.95;

    private static final double MIB = 1 << 20;
    /** What a node has that is not counted. */
    private static final long UNCOUNTED = 1L << 50;

    private final String name;
    private final ClusterLayout layout;
    private final ScoredNodes nodes;
    private long statusSeen = -1;

    /**
     * @param name in scenarios and reports
     * @param layout a cluster whose GPUs are counted in thousandths
     * @param score which node is best
     * @param jobs those that are to come, for what is typical
     */
    public SharedGpus(String name, ClusterLayout layout, NodeScore score, List<ClusterJob> jobs) {
        this.name = Objects.requireNonNull(name, "name");
        this.layout = layout;
        if (layout.partsPerGpu() != JobTraits.WHOLE_GPU) {
            throw new IllegalArgumentException(
                    "shared GPUs are counted in thousandths, not in " + layout.partsPerGpu());
        }
        List<GpuNode> empty = new ArrayList<>();
        for (int node = 0; node < layout.nodes(); node++) {
            empty.add(empty(layout.pool(node)));
        }
        int largest =
                layout.pools().stream().mapToInt(NodePool::gpusPerNode).max().orElseThrow();
        double cpus = empty.stream().mapToDouble(GpuNode::cpuMilli).max().orElseThrow();
        List<PodDemand> demands = jobs.stream()
                .map(job -> demand(job, Math.min(job.gpus(), largest)))
                .toList();
        nodes = new ScoredNodes(
                empty,
                score,
                new NodeScore.Scale(Math.max(1, cpus), largest * (double) PodDemand.WHOLE),
                Fragmentation.of(demands, TYPICAL_SHARE));
    }

    private static GpuNode empty(NodePool pool) {
        return new GpuNode(
                pool.gpuType(),
                counted(PodDemand.WHOLE * pool.cpusPerNode()),
                counted(pool.memoryBytesPerNode() / MIB),
                pool.gpusPerNode());
    }

    private static long counted(double amount) {
        return Double.isInfinite(amount) ? UNCOUNTED : (long) amount;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * @throws UnsupportedOperationException always: which nodes fit depends on more than the number of GPUs
     */
    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        throw new UnsupportedOperationException("shared GPUs are found for a job, not for a number");
    }

    @Override
    public boolean choose(FreeGpus free, ClusterJob job, int parts, NodeShares chosen) {
        chosen.clear();
        follow(free);
        if (free.free() < parts) {
            return false;
        }
        if (job.gpus() <= free.largestNode() / free.partsPerGpu() && onOneNode(job, chosen)) {
            return true;
        }
        for (int first = 0; first < layout.nodes(); first += layout.pool(first).nodes()) {
            if (job.gpus() > layout.gpus(first) && isOfType(job, layout.pool(first)) && onMany(first, job, chosen)) {
                return true;
            }
        }
        return false;
    }

    /** Nodes whose status has changed since the last look take pods now, or do not. */
    private void follow(FreeGpus free) {
        if (free.statusChanges() != statusSeen) {
            statusSeen = free.statusChanges();
            for (int node = 0; node < free.nodes(); node++) {
                nodes.setAway(node, free.status(node) != NodeStatus.UP);
            }
        }
    }

    /** In one pool types of GPU do not count. */
    private PodDemand demand(ClusterJob job, int gpus) {
        return PodDemand.of(job, gpus, layout.pools().size() > 1);
    }

    private boolean isOfType(ClusterJob job, NodePool pool) {
        return layout.pools().size() == 1 || job.traits().takesGpuType(pool.gpuType());
    }

    private boolean onOneNode(ClusterJob job, NodeShares chosen) {
        PodDemand pod = demand(job, job.gpus());
        int node = nodes.scores(pod).best();
        if (node == NodeTree.UNFIT) {
            return false;
        }
        add(node, pod, chosen);
        return true;
    }

    private void add(int node, PodDemand pod, NodeShares chosen) {
        chosen.add(node, pod.totalMilli(), nodes.node(node).gpusFor(pod, nodes.gpu(node, pod)));
    }

    /** Whole nodes of a pool, and the rest on the first other one that holds it. */
    private boolean onMany(int first, ClusterJob job, NodeShares chosen) {
        int perNode = layout.gpus(first);
        int end = first + layout.pool(first).nodes();
        int missing = job.gpus();
        PodDemand whole = demand(job, perNode);
        int node = first;
        for (; node < end && missing >= perNode; node++) {
            if (takes(node, whole)) {
                add(node, whole, chosen);
                missing -= perNode;
            }
        }
        if (missing > 0 && missing < perNode) {
            PodDemand rest = demand(job, missing);
            int place = restOf(first, end, rest, chosen);
            if (place != NodeTree.UNFIT) {
                add(place, rest, chosen);
                missing = 0;
            }
        }
        if (missing > 0) {
            chosen.clear();
        }
        return missing == 0;
    }

    private boolean takes(int node, PodDemand pod) {
        return !nodes.isAway(node) && nodes.node(node).fits(pod);
    }

    /** The fullest node for the rest of a wide job that is not among those chosen. */
    private int restOf(int first, int end, PodDemand rest, NodeShares chosen) {
        int best = NodeTree.UNFIT;
        for (int node = first; node < end; node++) {
            boolean better = best == NodeTree.UNFIT
                    || nodes.node(node).totalMilli() < nodes.node(best).totalMilli();
            if (better && takes(node, rest) && !has(chosen, node)) {
                best = node;
            }
        }
        return best;
    }

    private static boolean has(NodeShares chosen, int node) {
        for (int i = 0; i < chosen.count(); i++) {
            if (chosen.node(i) == node) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object kind(ClusterJob job) {
        return demand(job, 1);
    }

    @Override
    public boolean tellsGpusApart() {
        return true;
    }

    @Override
    public boolean keepsBooks() {
        return true;
    }

    @Override
    public void taken(ClusterJob job, NodeShares shares) {
        for (int i = 0; i < shares.count(); i++) {
            nodes.take(shares.node(i), demand(job, shares, i), shares.which(i));
        }
    }

    @Override
    public void given(ClusterJob job, NodeShares shares) {
        for (int i = 0; i < shares.count(); i++) {
            nodes.give(shares.node(i), demand(job, shares, i), shares.which(i));
        }
    }

    private PodDemand demand(ClusterJob job, NodeShares shares, int place) {
        return demand(job, Long.bitCount(shares.which(place)));
    }

    @Override
    public UnusableGpus unusable(List<ClusterJob> jobs, int largestNode) {
        return free -> {
            follow(free);
            return nodes.fragmentedMilli() / PodDemand.WHOLE;
        };
    }
}
