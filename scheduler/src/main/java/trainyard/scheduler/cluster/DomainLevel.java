package trainyard.scheduler.cluster;

/** Sets of nodes that lie within each other, from the narrowest to the widest. */
public enum DomainLevel {
    /** One node. */
    NODE("node"),
    /** Nodes that scale-up links join, such as those of an NVL72 rack. */
    ISLAND("island"),
    /** Nodes on one leaf switch, or on one set of leaves of a rail-optimised fabric. */
    RACK("rack"),
    /** Nodes of one kind. */
    POOL("pool"),
    /** All nodes. */
    CLUSTER("cluster");

    private final String word;

    DomainLevel(String word) {
        this.word = word;
    }

    /** The name in scenarios and reports. */
    public String word() {
        return word;
    }
}
