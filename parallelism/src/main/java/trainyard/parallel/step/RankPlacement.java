package trainyard.parallel.step;

import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;

/**
 * Which ranks share a node. Ranks are numbered with the tensor index fastest, then data, then pipeline, and fill the nodes
 * in order, as Megatron-LM numbers them.
 *
 * @param plan degrees
 * @param gpusPerNode GPUs that one scale-up domain joins: those of a node, or of all nodes of a rack
 */
record RankPlacement(ParallelPlan plan, int gpusPerNode) {

    RankPlacement {
        int t = plan.tensor();
        if (t < gpusPerNode ? gpusPerNode % t != 0 && plan.gpus() > gpusPerNode : t % gpusPerNode != 0) {
            throw new PlanException(
                    "tensor",
                    "tensor " + t + " does not fit whole into nodes of " + gpusPerNode
                            + " GPUs; choose a divisor or a multiple of " + gpusPerNode);
        }
    }

    /**
     * Ranks on a cluster. A job larger than a domain of several nodes takes a power of two of its GPUs, 64 of the 72 of an
     * NVL72 rack, so that its degrees divide them (assumption).
     */
    static RankPlacement on(ClusterSpec cluster, ParallelPlan plan) {
        int domain = cluster.byScaleUpDomain().node().gpus();
        boolean wholeNodes = domain == cluster.node().gpus() || plan.gpus() <= domain;
        return new RankPlacement(plan, wholeNodes ? domain : Integer.highestOneBit(domain));
    }

    GroupShape tensorGroup() {
        int t = plan.tensor();
        return t <= gpusPerNode ? GroupShape.withinNode(t) : new GroupShape(gpusPerNode, t / gpusPerNode, 1);
    }

    /** The ranks that hold one copy of the sharded states between them: neighbours among the data-parallel ranks. */
    GroupShape shardGroup() {
        int ranks = plan.shardRanks();
        int perNode = Math.min(ranks, dataRanksInNode());
        int nodes = (ranks + perNode - 1) / perNode;
        return new GroupShape(nodes == 1 ? ranks : perNode, nodes, tensorInNode() * (dataRanksInNode() / perNode));
    }

    /** The ranks that hold the same shard of the same stage; all data-parallel ranks where nothing is sharded. */
    GroupShape replicaGroup() {
        int ranks = plan.data() / plan.shardRanks();
        int perNode = Math.min(ranks, Math.max(1, dataRanksInNode() / plan.shardRanks()));
        int nodes = (ranks + perNode - 1) / perNode;
        return new GroupShape(nodes == 1 ? ranks : perNode, nodes, tensorInNode() * (dataRanksInNode() / perNode));
    }

    private int tensorInNode() {
        return Math.min(plan.tensor(), gpusPerNode);
    }

    private int dataRanksInNode() {
        return Math.max(1, Math.min(plan.data(), gpusPerNode / tensorInNode()));
    }

    /** Sender and receiver of stage-to-stage messages, with all pairs of a node active at once. */
    GroupShape pipelinePair() {
        int ranksPerStage = plan.tensor() * plan.data();
        if (2 * ranksPerStage <= gpusPerNode && gpusPerNode % (2 * ranksPerStage) == 0) {
            return GroupShape.withinNode(2);
        }
        return new GroupShape(1, 2, Math.min(gpusPerNode, ranksPerStage));
    }
}
