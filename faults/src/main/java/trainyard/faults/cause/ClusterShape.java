package trainyard.faults.cause;

/**
 * How many of each component a cluster has.
 *
 * @param nodes nodes, spares included; at least 1
 * @param gpusPerNode GPUs of a node, at least 1
 * @param nodesPerRack nodes that share a rack with its power and leaf switch, at least 1; the last rack may hold fewer
 */
public record ClusterShape(int nodes, int gpusPerNode, int nodesPerRack) {

    public ClusterShape {
        if (nodes < 1 || gpusPerNode < 1 || nodesPerRack < 1) {
            throw new IllegalArgumentException("a cluster needs nodes, GPUs in them and nodes in a rack, got " + nodes
                    + ", " + gpusPerNode + " and " + nodesPerRack);
        }
    }

    /** GPUs of all nodes. */
    public int gpus() {
        return Math.multiplyExact(nodes, gpusPerNode);
    }

    /** Racks, the last of which may not be full. */
    public int racks() {
        return (nodes + nodesPerRack - 1) / nodesPerRack;
    }
}
