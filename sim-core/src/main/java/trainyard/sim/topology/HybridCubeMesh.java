package trainyard.sim.topology;

import trainyard.sim.hardware.NodeSpec;

/**
 * The eight GPUs of a DGX-1 V100: two fully joined squares and four bridges between them, with two of each GPU's six
 * links doubled (NVIDIA DGX-1 system architecture white paper WP-08437-002, figure 4, recalled). Pairs without a cable
 * are two hops apart.
 */
final class HybridCubeMesh implements NodeWiring {

    private static final int LINKS_PER_GPU = 6;

    /** GPU, GPU, number of NVLinks between them. */
    private static final int[][] CABLES = {
        {0, 1, 1}, {0, 2, 1}, {0, 3, 2}, {0, 4, 2}, {1, 2, 2}, {1, 3, 1}, {1, 5, 2}, {2, 3, 2},
        {2, 6, 1}, {3, 7, 1}, {4, 5, 1}, {4, 6, 1}, {4, 7, 2}, {5, 6, 2}, {5, 7, 1}, {6, 7, 2},
    };

    @Override
    public void join(TopologyBuilder builder, NodeSpec node, int[] gpus, TopologyOptions options) {
        double linkBytesPerSecond =
                node.gpu().scaleUpBytesPerSecond() * options.scaleUpAchievedFraction() / LINKS_PER_GPU;
        for (int[] cable : CABLES) {
            builder.addCable(
                    gpus[cable[0]],
                    gpus[cable[1]],
                    LinkKind.SCALE_UP,
                    cable[2] * linkBytesPerSecond,
                    options.scaleUpLatencySeconds());
        }
    }
}
