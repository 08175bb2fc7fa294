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

    /**
     * The same GPUs with each scale-up domain taken as one node: itself where scale-up links stay within a node. A
     * last domain that is not full counts as a whole one.
     */
    public ClusterSpec byScaleUpDomain() {
        int joined = Math.min(nodes, node.scaleUpNodes());
        return joined == 1 ? this : new ClusterSpec(node.scaleUpDomain(nodes), (nodes + joined - 1) / joined, fabric);
    }
}
