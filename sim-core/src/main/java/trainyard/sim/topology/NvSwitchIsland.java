package trainyard.sim.topology;

import trainyard.sim.hardware.NodeSpec;

/**
 * Every GPU reaches every other at its full link rate. The parallel switch planes are one vertex, because NVLink
 * spreads each transfer over all of them.
 */
final class NvSwitchIsland implements NodeWiring {

    @Override
    public void join(TopologyBuilder builder, NodeSpec node, int[] gpus, TopologyOptions options) {
        int island = builder.addVertex(VertexKind.SCALE_UP_SWITCH, 0, 0);
        double bytesPerSecond = node.gpu().scaleUpBytesPerSecond() * options.scaleUpAchievedFraction();
        for (int gpu : gpus) {
            builder.addCable(gpu, island, LinkKind.SCALE_UP, bytesPerSecond, options.scaleUpLatencySeconds() / 2);
        }
    }
}
