package trainyard.sim.collective;

import trainyard.sim.hardware.NodeSpec;

/**
 * What NCCL's search for rings and trees between nodes finds (src/graph/search.cc, commit b647562, 2.20.3). Its limits per
 * channel (src/graph/tuning.cc) count the channels found here; each then runs as two (src/graph/connect.cc, ncclTopoPostset).
 */
final class ChannelSearch {

    /** As {@link NcclTuning#generation} counts. */
    private static final int AMPERE = 1;

    /**
     * A channel of at least 25 GB/s is split in two. The search takes speeds from a list, 24 GB/s for a port of 200 Gbit/s and
     * 48 for one of 400 (speedArrayInter, sm90SpeedArrayInter); bytes/s of the port that lie between.
     */
    private static final double SPLIT_BYTES_PER_SECOND = 30e9;

    /** From Hopper on, more than {@link #FEW_CHANNELS} channels of less than 50 GB/s are not (ncclTopoDupChannels). */
    private static final double ALWAYS_SPLIT_BYTES_PER_SECOND = 51e9;

    private static final int FEW_CHANNELS = 4;

    /** Half of MAXCHANNELS (src/init.cc, ringGraph), which is 64 where racks are one node (src/include/device.h, 0524aef). */
    private static final int MOST_CHANNELS = 32;

    /** tuning.cc: bandwidth of trees whose ranks reach the network through one GPU of each node. */
    private static final double ONE_GPU_TREE_FACTOR = 0.85;

    private final NodeSpec node;
    private final int generation;

    ChannelSearch(NodeSpec node, int generation) {
        this.node = node;
        this.generation = generation;
    }

    /** Network devices of a group on a node; several ports beside one GPU are one device (aws-ofi-nccl, multi-rail). */
    int devices(GroupShape shape) {
        return Math.max(1, devices() / shape.groupsPerNode());
    }

    private int devices() {
        return Math.max(1, Math.min(node.nics(), node.gpus()));
    }

    /** One for each network device, two where it is fast; at most {@link #MOST_CHANNELS}. */
    int channels(GroupShape shape) {
        int own = devices(shape);
        double rate = node.scaleOutBytesPerSecond() / devices();
        boolean split = rate > SPLIT_BYTES_PER_SECOND
                && (rate > ALWAYS_SPLIT_BYTES_PER_SECOND || generation <= AMPERE || own <= FEW_CHANNELS);
        return Math.min(MOST_CHANNELS, split ? 2 * own : own);
    }

    /**
     * Trees are to spread their messages over two GPUs of each node. A lone rank cannot, and from Hopper on the search is
     * content with one GPU before it looks at ports behind another PCIe switch: where each GPU has its own one, it takes one.
     */
    double treeFactor(GroupShape shape) {
        boolean apart = generation > AMPERE && node.host().gpusPerUplink() == 1;
        return shape.nodes() > 1 && (apart || shape.ranksPerNode() == 1) ? ONE_GPU_TREE_FACTOR : 1;
    }
}
