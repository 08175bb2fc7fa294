package trainyard.sim.topology;

import trainyard.sim.hardware.NodeSpec;

/** A direct link between every two GPUs; a GPU's scale-up bandwidth is divided evenly among its peers. */
final class FullMesh implements NodeWiring {

    @Override
    public void join(TopologyBuilder builder, NodeSpec node, int[] gpus, TopologyOptions options) {
        double gpuBytesPerSecond = node.gpu().scaleUpBytesPerSecond() * options.scaleUpAchievedFraction();
        for (int a = 0; a < gpus.length; a++) {
            for (int b = a + 1; b < gpus.length; b++) {
                builder.addCable(
                        gpus[a],
                        gpus[b],
                        LinkKind.SCALE_UP,
                        gpuBytesPerSecond / (gpus.length - 1),
                        options.scaleUpLatencySeconds());
            }
        }
    }
}
