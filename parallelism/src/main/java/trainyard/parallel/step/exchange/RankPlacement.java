package trainyard.parallel.step.exchange;

import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;

/**
 * Which ranks share a node. Ranks are numbered with the tensor index fastest, then context, then data, then pipeline, and
 * fill the nodes in order; the experts of a stage lie on its ranks in the same order (Megatron-Core, parallel_state.py,
 * order {@code tp-cp-ep-dp-pp}).
 *
 * @param plan degrees
 * @param gpusPerNode GPUs that one scale-up domain joins: those of a node, or of all nodes of a rack
 */
public record RankPlacement(ParallelPlan plan, int gpusPerNode) {

    public RankPlacement {
        requireWhole("tensor", plan.tensor(), plan.gpus(), gpusPerNode);
        requireWhole("expert", plan.expert(), plan.gpus(), gpusPerNode);
    }

    private static void requireWhole(String field, int ranks, int gpus, int gpusPerNode) {
        boolean whole =
                ranks < gpusPerNode ? gpusPerNode % ranks == 0 || gpus <= gpusPerNode : ranks % gpusPerNode == 0;
        if (!whole) {
            throw new PlanException(
                    field,
                    field + " " + ranks + " does not fit whole into nodes of " + gpusPerNode
                            + " GPUs; choose a divisor or a multiple of " + gpusPerNode);
        }
    }

    /**
     * Ranks on a cluster. A job larger than a domain of several nodes takes a power of two of its GPUs, 64 of the 72 of an
     * NVL72 rack, so that its degrees divide them (assumption).
     */
    public static RankPlacement on(ClusterSpec cluster, ParallelPlan plan) {
        int domain = cluster.byScaleUpDomain().node().gpus();
        boolean wholeNodes = domain == cluster.node().gpus() || plan.gpus() <= domain;
        return new RankPlacement(plan, wholeNodes ? domain : Integer.highestOneBit(domain));
    }

    /** The ranks that share each layer. */
    public GroupShape tensorGroup() {
        int t = plan.tensor();
        return t <= gpusPerNode ? GroupShape.withinNode(t) : new GroupShape(gpusPerNode, t / gpusPerNode, 1);
    }

    /** The groups that exchange within a layer. */
    public LayerGroups layerGroups() {
        return new LayerGroups(tensorGroup(), contextGroup(), expertGroup());
    }

    /** The ranks that hold the parts of a sequence. */
    GroupShape contextGroup() {
        return group(plan.context(), plan.tensor());
    }

    /** The ranks that hold all experts of a layer between them: neighbours. */
    GroupShape expertGroup() {
        return group(plan.expert(), 1);
    }

    /** The ranks that hold one copy of the sharded dense states between them: neighbours among those of equal weights. */
    GroupShape shardGroup() {
        return group(plan.shardRanks(), plan.tensor());
    }

    /** The ranks that hold the same shard of the same dense states; all of equal weights where nothing is sharded. */
    public GroupShape replicaGroup() {
        int ranks = plan.degrees().gradientRanks() / plan.shardRanks();
        return group(ranks, plan.tensor() * plan.shardRanks());
    }

    /** As {@link #shardGroup}, of the experts' states. */
    GroupShape expertShardGroup() {
        return group(plan.expertShardRanks(), expertStride());
    }

    /** As {@link #replicaGroup}, of the experts' states. */
    GroupShape expertReplicaGroup() {
        int ranks = plan.degrees().expertGradientRanks() / plan.expertShardRanks();
        return group(ranks, expertStride() * plan.expertShardRanks());
    }

    private int expertStride() {
        return plan.expert() == 1 ? plan.tensor() : plan.expert();
    }

    /**
     * So many ranks of a stage, every {@code stride}-th; the other ranks of the stage form groups of the same kind. Where the
     * groups of all stages do not lie alike on their nodes, the one that lies worst.
     */
    private GroupShape group(int ranks, int stride) {
        if (!liesAlike(ranks, stride)) {
            return UnevenGroups.worst(ranks, stride, plan.gpus(), gpusPerNode);
        }
        int perNode = Math.min(ranks, Math.max(1, gpusPerNode / stride));
        int nodes = (ranks + perNode - 1) / perNode;
        int stageInNode = Math.min(gpusPerNode, plan.degrees().ranksPerStage());
        return new GroupShape(nodes == 1 ? ranks : perNode, nodes, Math.max(1, stageInNode / perNode));
    }

    /** Whether blocks of {@code ranks x stride} neighbours, groups interleaved, fall into whole nodes or nodes into whole blocks. */
    private boolean liesAlike(int ranks, int stride) {
        int block = ranks * stride;
        boolean wholeNodes = block % gpusPerNode == 0 && (gpusPerNode % stride == 0 || stride % gpusPerNode == 0);
        return ranks == 1 || plan.gpus() <= gpusPerNode || gpusPerNode % block == 0 || wholeNodes;
    }

    /** A rank of one stage and its counterpart of another on another node, with all such pairs of a node active at once. */
    public GroupShape pairBetweenNodes() {
        return new GroupShape(1, 2, Math.min(gpusPerNode, plan.degrees().ranksPerStage()));
    }
}
