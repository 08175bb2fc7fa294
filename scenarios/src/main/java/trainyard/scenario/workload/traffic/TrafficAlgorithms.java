package trainyard.scenario.workload.traffic;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.section.network.TrafficSection.Algorithm;
import trainyard.sim.collective.Collective;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.network.collective.ChainBroadcast;
import trainyard.sim.network.collective.CollectiveAlgorithm;
import trainyard.sim.network.collective.DoubleBinaryTree;
import trainyard.sim.network.collective.HalvingDoubling;
import trainyard.sim.network.collective.Hierarchical;
import trainyard.sim.network.collective.Nvls;
import trainyard.sim.network.collective.NvlsTree;
import trainyard.sim.network.collective.PairwiseAllToAll;
import trainyard.sim.network.collective.ParallelAggregatedTrees;
import trainyard.sim.network.collective.Ring;
import trainyard.sim.network.collective.SendRecv;
import trainyard.sim.network.collective.TorusRing;

/** The event form behind each word of {@code traffic.algorithm}. */
final class TrafficAlgorithms {

    private TrafficAlgorithms() {}

    static CollectiveAlgorithm of(Algorithm algorithm, ClusterSpec cluster, int ranksPerNode) {
        return switch (algorithm) {
            case RING -> new Ring();
            case DOUBLE_BINARY_TREE -> new DoubleBinaryTree();
            case HALVING_DOUBLING -> new HalvingDoubling();
            case HIERARCHICAL -> new Hierarchical();
            case NVLS -> new Nvls();
            case NVLS_TREE -> new NvlsTree();
            case COLLNET -> NvlsTree.collNet();
            case PAT -> new ParallelAggregatedTrees();
            case TORUS_RING -> new TorusRing(grid(cluster, ranksPerNode));
            case CHAIN -> new ChainBroadcast();
            case PAIRWISE -> new PairwiseAllToAll();
        };
    }

    /** The ranks of a node and the sides of the torus; all nodes in a line on another fabric. */
    private static List<Integer> grid(ClusterSpec cluster, int ranksPerNode) {
        List<Integer> nodes = cluster.fabric().layout().torusSides();
        List<Integer> sides = new ArrayList<>(List.of(ranksPerNode));
        sides.addAll(nodes.isEmpty() ? List.of(cluster.nodes()) : nodes);
        sides.removeIf(side -> side == 1);
        return sides;
    }

    /** What is usual for an operation among so many ranks. */
    static CollectiveAlgorithm usual(Collective operation, int ranksPerNode, int ranks) {
        return switch (operation) {
            case ALL_REDUCE -> ranksPerNode > 1 && ranksPerNode < ranks ? new Hierarchical() : new Ring();
            case REDUCE_SCATTER, ALL_GATHER -> new Ring();
            case BROADCAST -> new ChainBroadcast();
            case ALL_TO_ALL -> new PairwiseAllToAll();
            case SEND_RECV -> new SendRecv();
        };
    }
}
