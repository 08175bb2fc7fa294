package trainyard.faults.cause;

/** What kind of component a cause strikes, and with it how many nodes one fault concerns. */
public enum Scope {
    /** One GPU; its node cannot be used without it. */
    GPU,
    /** One network port of a node with its cable. */
    LINK,
    /** One node. */
    NODE,
    /** All nodes on a leaf switch at once. */
    SWITCH,
    /** All nodes of a rack at once. */
    RACK,
    /** All nodes of the racks that one power unit feeds. */
    POWER,
    /** The store of the checkpoints: no node stops, but nothing can be saved or loaded. */
    STORAGE,
    /** The program of the job, wherever it runs; no hardware. */
    JOB,
    /** Every node: the fabric or the building. */
    CLUSTER;

    /** How many components of this kind a cluster has. */
    public int components(ClusterShape cluster) {
        return switch (this) {
            case GPU -> cluster.gpus();
            case LINK -> cluster.ports();
            case NODE -> cluster.nodes();
            case SWITCH -> cluster.switches();
            case RACK -> cluster.racks();
            case POWER -> cluster.powerUnits();
            case STORAGE, JOB, CLUSTER -> 1;
        };
    }

    /** The first node that a fault of a component concerns. */
    public int firstNode(int component, ClusterShape cluster) {
        return switch (this) {
            case GPU -> component / cluster.gpusPerNode();
            case LINK -> component / cluster.portsPerNode();
            case NODE -> component;
            case SWITCH, RACK, POWER -> component * nodesOf(cluster);
            case STORAGE, JOB, CLUSTER -> 0;
        };
    }

    /** The node behind the last one that a fault of a component concerns. */
    public int endNode(int component, ClusterShape cluster) {
        return switch (this) {
            case GPU, LINK, NODE -> firstNode(component, cluster) + 1;
            case SWITCH, RACK, POWER -> (int) Math.min(cluster.nodes(), (component + 1L) * nodesOf(cluster));
            case STORAGE -> 0;
            case JOB, CLUSTER -> cluster.nodes();
        };
    }

    /** The first component that has to do with a node or one behind it; for {@code nodes} the number of components. */
    int firstComponent(int node, ClusterShape cluster) {
        return switch (this) {
            case GPU -> node * cluster.gpusPerNode();
            case LINK -> node * cluster.portsPerNode();
            case NODE -> node;
            case SWITCH, RACK, POWER -> node == 0 ? 0 : 1 + (node - 1) / nodesOf(cluster);
            case STORAGE, JOB, CLUSTER -> node == 0 ? 0 : 1;
        };
    }

    /** Whether a component belongs to one node alone. */
    public boolean isWithinNode() {
        return this == GPU || this == LINK || this == NODE;
    }

    private int nodesOf(ClusterShape cluster) {
        return switch (this) {
            case SWITCH -> cluster.nodesPerSwitch();
            case RACK -> cluster.nodesPerRack();
            case POWER -> cluster.nodesPerPowerUnit();
            default -> 1;
        };
    }
}
