package trainyard.sim.topology;

import trainyard.sim.hardware.NodeSpec;

/** GPUs without scale-up links: they reach each other through PCIe switches and the host bridge, which all nodes have. */
final class PcieNode implements NodeWiring {

    @Override
    public void join(TopologyBuilder builder, NodeSpec node, int[] gpus, TopologyOptions options) {
        // NodeTemplate has added the PCIe tree already.
    }
}
