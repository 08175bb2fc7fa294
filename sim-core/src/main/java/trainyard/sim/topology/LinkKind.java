package trainyard.sim.topology;

/** The technology of a link. */
public enum LinkKind {
    /** NVLink, xGMI: between GPUs of a node, or between them and their switch. */
    SCALE_UP(8),
    /** Inside a node, from GPU or NIC to the host. */
    PCIE(40),
    /** Cable between a NIC and its leaf switch. */
    NIC_PORT(1),
    /** Cable between a leaf and a spine switch. */
    LEAF_SPINE(1),
    /** Cable between a spine and a core switch. */
    SPINE_CORE(1),
    /** Cable between the routers of a torus, of a group of a dragonfly, or of a graph. */
    ROUTER_ROUTER(1),
    /** Cable between two groups of a dragonfly; counts more than the ways to and from it, so that routes take one. */
    GROUP_GROUP(3);

    private final int routingCost;

    LinkKind(int routingCost) {
        this.routingCost = routingCost;
    }

    /** Whether both ends are switches of the fabric. */
    public boolean joinsSwitches() {
        return switch (this) {
            case LEAF_SPINE, SPINE_CORE, ROUTER_ROUTER, GROUP_GROUP -> true;
            case SCALE_UP, PCIE, NIC_PORT -> false;
        };
    }

    /**
     * What a hop counts in the search for the shortest route. A scale-up hop counts more than all hops of a route
     * through the switches, so that GPUs do not relay traffic between nodes while the network has a way; a PCIe hop
     * counts more than several scale-up hops, so that GPUs of a node talk over their scale-up links, relayed by another
     * GPU if need be, before they go through the host.
     */
    public int routingCost() {
        return routingCost;
    }
}
