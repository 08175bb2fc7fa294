package trainyard.sim.hardware;

import java.util.Objects;

/**
 * Equal nodes on one fabric.
 *
 * @param node the server type
 * @param nodes how many of them
 * @param fabric the network between them
 */
public record ClusterSpec(NodeSpec node, int nodes, FabricSpec fabric) {

    public ClusterSpec {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(fabric, "fabric");
        if (nodes < 1) {
            throw new IllegalArgumentException("a cluster needs at least one node, got " + nodes);
        }
    }

    public int gpus() {
        return nodes * node.gpus();
    }
}
