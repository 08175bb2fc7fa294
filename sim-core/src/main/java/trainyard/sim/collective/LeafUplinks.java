package trainyard.sim.collective;

import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.topology.LeafNodes;

/**
 * The uplinks of the leaf switches, which only groups over several leaves use. A group of {@code m} nodes is taken to lie
 * on neighbouring nodes from the first one of a leaf on, with {@code L} nodes on a leaf and oversubscription {@code o}: the
 * uplinks of a leaf together carry {@code L / o} times what the ports of one node do.
 */
final class LeafUplinks {

    private final int nodesPerLeaf;
    private final double oversubscription;

    /** @param servers the cluster with its servers as nodes; groups are counted in scale-up domains */
    LeafUplinks(ClusterSpec servers) {
        this.nodesPerLeaf = nodesPerLeaf(servers);
        this.oversubscription = servers.fabric().oversubscription();
    }

    /** A domain of more servers than a leaf has counts as one node that has leaves of its own. */
    private static int nodesPerLeaf(ClusterSpec servers) {
        int onLeaf = LeafNodes.of(servers);
        return onLeaf >= servers.nodes()
                ? servers.byScaleUpDomain().nodes()
                : Math.max(1, onLeaf / servers.node().scaleUpNodes());
    }

    /**
     * How busy the uplinks of a leaf are while the ports of its nodes are busy all the time, on healthy links; above 1 where
     * the uplinks decide. In an all-to-all a node sends to {@code m - 1} others, to {@code m - L} of them over uplinks. Rings
     * and trees leave a leaf with the traffic of one node; healthy uplinks count as enough for that.
     */
    double load(Collective operation, int nodes) {
        if (nodes <= nodesPerLeaf) {
            return 0;
        }
        return operation == Collective.ALL_TO_ALL
                ? oversubscription * (nodes - nodesPerLeaf) / (nodes - 1.0)
                : Math.min(1, oversubscription / nodesPerLeaf);
    }

    /** The share that a group keeps of the rate it has between nodes on healthy links. */
    double rateLeft(Collective operation, int nodes, LinkShares left) {
        double load = load(operation, nodes);
        return Math.max(1, load) / Math.max(1 / left.ports(), load / left.uplinks());
    }
}
