package trainyard.faults.cause;

/**
 * How many of each component a cluster has. Racks, switches and power units hold neighbouring nodes; the last of each may
 * hold fewer.
 *
 * @param nodes nodes, spares included; at least 1
 * @param gpusPerNode GPUs of a node, at least 1
 * @param nodesPerRack nodes that share a rack, at least 1
 * @param portsPerNode network ports of a node, each with its cable, at least 1
 * @param nodesPerSwitch nodes on one leaf switch, at least 1
 * @param racksPerPowerUnit racks that one power unit feeds, at least 1
 */
public record ClusterShape(
        int nodes, int gpusPerNode, int nodesPerRack, int portsPerNode, int nodesPerSwitch, int racksPerPowerUnit) {

    public ClusterShape {
        if (nodes < 1 || gpusPerNode < 1 || nodesPerRack < 1) {
            throw new IllegalArgumentException("a cluster needs nodes, GPUs in them and nodes in a rack, got " + nodes
                    + ", " + gpusPerNode + " and " + nodesPerRack);
        }
        if (portsPerNode < 1 || nodesPerSwitch < 1 || racksPerPowerUnit < 1) {
            throw new IllegalArgumentException(
                    "a cluster needs ports, nodes on a switch and racks on a power unit, got " + portsPerNode + ", "
                            + nodesPerSwitch + " and " + racksPerPowerUnit);
        }
    }

    /** One port for each GPU, and a leaf switch and a power unit for each rack. */
    public ClusterShape(int nodes, int gpusPerNode, int nodesPerRack) {
        this(nodes, gpusPerNode, nodesPerRack, gpusPerNode, nodesPerRack, 1);
    }

    /** The same cluster with other nodes. */
    public ClusterShape withNodes(int count) {
        return new ClusterShape(count, gpusPerNode, nodesPerRack, portsPerNode, nodesPerSwitch, racksPerPowerUnit);
    }

    /** GPUs of all nodes. */
    public int gpus() {
        return Math.multiplyExact(nodes, gpusPerNode);
    }

    /** Network ports of all nodes. */
    public int ports() {
        return Math.multiplyExact(nodes, portsPerNode);
    }

    /** Leaf switches, the last of which may not be full. */
    public int switches() {
        return groups(nodesPerSwitch);
    }

    /** Racks, the last of which may not be full. */
    public int racks() {
        return groups(nodesPerRack);
    }

    /** Nodes that one power unit feeds. */
    public int nodesPerPowerUnit() {
        return (int) Math.min(Integer.MAX_VALUE, (long) nodesPerRack * racksPerPowerUnit);
    }

    /** Power units, the last of which may not be used fully. */
    public int powerUnits() {
        return groups(nodesPerPowerUnit());
    }

    private int groups(int size) {
        return 1 + (nodes - 1) / size;
    }
}
