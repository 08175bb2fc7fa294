package trainyard.sim.topology;

/** What stands at a vertex of a topology. */
public enum VertexKind {
    GPU,
    /** Joins the GPUs of a node over its scale-up links. */
    SCALE_UP_SWITCH,
    /** Joins a few GPUs with their network ports. */
    PCIE_SWITCH,
    /** Joins the PCIe switches of a node. */
    HOST_BRIDGE,
    /** Network port of a node. */
    NIC,
    /** Switch that network ports are plugged into. */
    LEAF,
    /** Switch that joins the leaves of a pod. */
    SPINE,
    /** Switch that joins pods. */
    CORE,
    /** Switch of a torus, a dragonfly or a graph. */
    ROUTER
}
