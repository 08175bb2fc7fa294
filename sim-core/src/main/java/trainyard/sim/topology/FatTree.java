package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;

/** Clos network in which all ports of a node go to the same leaf, and neighbouring nodes share it. */
final class FatTree {

    private FatTree() {}

    static Fabric of(ClusterSpec cluster, TopologyOptions options) {
        int nics = Math.max(1, cluster.node().nics());
        int nodesPerLeaf = LeafNodes.of(cluster, options);
        int leaves = (cluster.nodes() + nodesPerLeaf - 1) / nodesPerLeaf;
        return new Clos(cluster, options, leaves, nodesPerLeaf * nics, nic -> nic / nics / nodesPerLeaf);
    }
}
