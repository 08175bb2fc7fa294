package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;

/** How many nodes share a leaf switch, or in a rail-optimised fabric a set of leaves. */
public final class LeafNodes {

    private LeafNodes() {}

    /** Nodes of one leaf of a cluster with switches of the usual size; all of them where the fabric has no leaves. */
    public static int of(ClusterSpec cluster) {
        FabricSpec.Kind kind = cluster.fabric().kind();
        boolean leaves = kind == FabricSpec.Kind.FAT_TREE || kind == FabricSpec.Kind.RAIL_OPTIMISED;
        return leaves ? of(cluster, TopologyOptions.DEFAULT) : cluster.nodes();
    }

    /** As stated, or as many as the ports of a leaf take: all ports of a node, or one on each leaf of the rails. */
    static int of(ClusterSpec cluster, TopologyOptions options) {
        int given = cluster.fabric().layout().nodesPerLeaf();
        boolean rails = cluster.fabric().kind() == FabricSpec.Kind.RAIL_OPTIMISED;
        int portsOnLeaf = rails ? 1 : Math.max(1, cluster.node().nics());
        return given > 0 ? given : Math.max(1, Clos.downPorts(cluster, options) / portsOnLeaf);
    }
}
