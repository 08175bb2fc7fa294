package trainyard.faults.cause;

/** What kind of component a cause strikes, and with it how many nodes one fault takes. */
public enum Scope {
    /** One GPU; its node cannot be used without it. */
    GPU,
    /** One node. */
    NODE,
    /** All nodes of a rack at once: its power or its leaf switch. */
    RACK,
    /** Every node: the fabric, the storage or the job itself. */
    CLUSTER;

    /** How many components of this kind a cluster has. */
    public int components(ClusterShape cluster) {
        return switch (this) {
            case GPU -> cluster.gpus();
            case NODE -> cluster.nodes();
            case RACK -> cluster.racks();
            case CLUSTER -> 1;
        };
    }

    /** The first node that a fault of a component takes. */
    public int firstNode(int component, ClusterShape cluster) {
        return switch (this) {
            case GPU -> component / cluster.gpusPerNode();
            case NODE -> component;
            case RACK -> component * cluster.nodesPerRack();
            case CLUSTER -> 0;
        };
    }

    /** The node behind the last one that a fault of a component takes. */
    public int endNode(int component, ClusterShape cluster) {
        return switch (this) {
            case GPU, NODE -> firstNode(component, cluster) + 1;
            case RACK -> Math.min(cluster.nodes(), (component + 1) * cluster.nodesPerRack());
            case CLUSTER -> cluster.nodes();
        };
    }
}
