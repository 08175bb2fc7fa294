package trainyard.sim.topology;

import trainyard.sim.hardware.NodeSpec;

/** How the GPUs of one node are joined to each other. One class per kind; see {@link NodeTemplate} for the rest. */
interface NodeWiring {

    /**
     * Adds the scale-up links (and switches) of one node.
     *
     * @param builder receives them
     * @param node data sheet
     * @param gpus vertices of the node's GPUs, in order
     */
    void join(TopologyBuilder builder, NodeSpec node, int[] gpus, TopologyOptions options);

    /** The wiring that a data sheet names. */
    static NodeWiring of(NodeSpec node) {
        return switch (node.scaleUp()) {
            case PCIE -> new PcieNode();
            case NVSWITCH -> new NvSwitchIsland();
            case FULL_MESH -> new FullMesh();
            case NVLINK_MESH -> node.gpus() == 8 ? new HybridCubeMesh() : new FullMesh();
        };
    }
}
