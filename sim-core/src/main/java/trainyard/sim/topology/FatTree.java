package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;

/** Clos network in which all ports of a node go to the same leaf, and neighbouring nodes share it. */
final class FatTree {

    private FatTree() {}

    static Fabric of(ClusterSpec cluster, TopologyOptions options) {
        int nics = Math.max(1, cluster.node().nics());
        int downPorts = Clos.downPorts(cluster, options);
        int given = cluster.fabric().layout().nodesPerLeaf();
        int nodesPerLeaf = given > 0 ? given : Math.max(1, downPorts / nics);
        int leaves = (cluster.nodes() + nodesPerLeaf - 1) / nodesPerLeaf;
        return new Clos(cluster, options, leaves, nodesPerLeaf * nics, nic -> nic / nics / nodesPerLeaf);
    }
}
