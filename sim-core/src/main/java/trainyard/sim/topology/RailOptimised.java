package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;

/**
 * Clos network in which each leaf serves one port number (rail) of many nodes, so that GPUs with the same place in
 * their nodes are one switch apart. Rails meet in the spines (NVIDIA DGX SuperPOD reference architecture, compute
 * fabric).
 */
final class RailOptimised {

    private RailOptimised() {}

    static Fabric of(ClusterSpec cluster, TopologyOptions options) {
        int rails = Math.max(1, cluster.node().nics());
        int nodesPerLeaf = LeafNodes.of(cluster, options);
        int groups = (cluster.nodes() + nodesPerLeaf - 1) / nodesPerLeaf;
        return new Clos(
                cluster,
                options,
                groups * rails,
                nodesPerLeaf,
                nic -> nic / rails / nodesPerLeaf * rails + nic % rails);
    }
}
