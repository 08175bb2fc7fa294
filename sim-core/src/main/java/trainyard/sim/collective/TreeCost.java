package trainyard.sim.collective;

/**
 * All-reduce over a double binary tree of the nodes with a chain of ranks in each node (Sanders, Speck,
 * Träff, "Two-tree algorithms for full bandwidth broadcast, reduction and scan", 2009; NCCL since 2.4).
 *
 * <p>A buffer is passed on in chunks of {@code c} bytes per channel. With {@code g} ranks in each of {@code m} nodes,
 * {@code C} channels, {@code B_in} and {@code B_net} the rates that the protocol reaches inside and between nodes:
 *
 * <pre>{@code
 * depth = 2 (g - 1) steps inside + 2 log2(m) steps across
 * t = base + sum over depth of (alpha + c / (B / C)) - c / (B_slow / C) + 2 S / B_tree
 * }</pre>
 *
 * <p>NCCL's limits per channel hold for all bytes of a channel of its search, thus of two that run ({@link ChannelSearch}). The
 * first chunk, which meets nothing on its way, is assumed to pass at the limit on each channel that runs.
 *
 * <p>The first chunk crosses the depth of the tree before the last rank sees it; the rest follows at the rate of the
 * slowest link. NCCL's estimate has no such term; it multiplies its bandwidth with a measured table by size instead.
 */
final class TreeCost implements AlgorithmCost {

    /** tuning.cc: tree bandwidth over graph bandwidth. */
    private static final double TREE_FACTOR = 0.92;

    private static final double LL_DIVISOR = 3.8;
    private static final double LL128_FACTOR_ONE_NODE = 7.0 / 9.0;
    private static final double LL128_FACTOR = 120.0 / 128.0;

    /** Slot of the Simple buffer: 4 MiB in 8 steps (NCCL src/init.cc DEFAULT_BUFFSIZE, NCCL_STEPS). */
    private static final double SIMPLE_CHUNK_BYTES = 512 * 1024;

    /** Data in a slot of the LL buffer: 512 threads x 8 lines x 8 bytes of data (NCCL src/include/device.h). */
    private static final double LL_CHUNK_BYTES = 32 * 1024;

    /** LL128 halves its chunk down to these for smaller messages (NCCL src/enqueue.cc). */
    private static final double LL128_LARGE_CHUNK_BYTES = 128 * 1024;

    private static final double LL128_SMALL_CHUNK_BYTES = 32 * 1024;

    private final NcclPlatform platform;

    TreeCost(NcclPlatform platform) {
        this.platform = platform;
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.TREE;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return operation == Collective.ALL_REDUCE;
    }

    /** Twice the rate at which a buffer passes over such links: less by protocol and by what so many channels can do. */
    private double busBandwidth(NcclProtocol protocol, GroupLinks links, double linkBandwidth, int channels) {
        NcclTuning tuning = platform.tuning();
        int generation = platform.generation();
        int nodes = links.nodes();
        double bus = channelLimit(links, linkBandwidth, channels);
        return switch (protocol) {
            case LL -> Math.min(bus / LL_DIVISOR, tuning.llMax(generation, nodes));
            case LL128 ->
                Math.min(
                        bus * (nodes == 1 ? LL128_FACTOR_ONE_NODE : LL128_FACTOR),
                        channels * tuning.treeLl128PerChannel(generation, nodes));
            case SIMPLE -> bus;
        };
    }

    private double channelLimit(GroupLinks links, double linkBandwidth, int channels) {
        return Math.min(
                linkBandwidth, channels * platform.tuning().treePerChannel(platform.generation(), links.nodes()));
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        double inside = tuning.stepLatency(platform.scaleUp().tuningLink(), NcclAlgorithm.TREE, protocol);
        double across =
                tuning.stepLatency(NcclTuning.NET, NcclAlgorithm.TREE, protocol) + links.netStepSeconds(protocol);
        return tuning.baseLatency(NcclAlgorithm.TREE, protocol)
                + 2 * ((links.shape().ranksPerNode() - 1) * inside + links.treeDepth() * across);
    }

    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        double bus = busBandwidth(protocol, links, TREE_FACTOR * links.treeBusBandwidth(), links.searchChannels());
        double corrected = bus
                * platform.search().treeFactor(links.shape())
                * platform.tuning().treeCorrection(protocol, bytes);
        return latencySeconds(operation, protocol, bytes, links) + 2 * bytes / corrected;
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return latencySeconds(operation, protocol, bytes, links)
                + 2 * bytes / busBandwidth(protocol, links, links.treeBusBandwidth(), links.searchChannels())
                + fillSeconds(protocol, bytes, links);
    }

    /**
     * Time of the first chunk on its way through the tree, beyond the time it takes on the slowest link. Each hop runs at the
     * rate that the protocol reaches on the link of that hop, whatever the others are.
     */
    private double fillSeconds(NcclProtocol protocol, double bytes, GroupLinks links) {
        int hopsInside = 2 * (links.shape().ranksPerNode() - 1);
        double onAllChannels = links.channels() * chunkBytes(protocol, bytes, links);
        double inside = hopsInside == 0 ? 0 : onAllChannels / hopBandwidth(protocol, links, links.chainBandwidth());
        double across = links.multiNode() ? onAllChannels / portBandwidth(protocol, links) : 0;
        double fill = hopsInside * inside + 2 * links.treeDepth() * across;
        return Math.max(0, fill - Math.max(inside, across));
    }

    /**
     * Rate at which one chunk passes a link. With LL it carries as many flags as data. NCCL's divisor and its limit of LL over
     * several nodes are rates of whole all-reduces, which sum and whose buffers fill and empty across the network; a lone
     * chunk meets neither, only what the GPU does with LL on one node.
     */
    private double hopBandwidth(NcclProtocol protocol, GroupLinks links, double linkBandwidth) {
        return protocol == NcclProtocol.LL
                ? Math.min(
                        RingCost.LL_FACTOR * channelLimit(links, linkBandwidth, links.channels()),
                        platform.tuning().llMax(platform.generation(), 1))
                : busBandwidth(protocol, links, linkBandwidth, links.channels());
    }

    /** Rate at which the ports of a node carry the bytes of a tree. */
    private double portBandwidth(NcclProtocol protocol, GroupLinks links) {
        double bus = links.treeNetBusBandwidth();
        return hopBandwidth(protocol, links, bus) * links.netBandwidth() / bus;
    }

    private static double chunkBytes(NcclProtocol protocol, double bytes, GroupLinks links) {
        double perChannel = bytes / links.channels();
        return switch (protocol) {
            case SIMPLE ->
                links.multiNode()
                        ? Math.min(perChannel, SIMPLE_CHUNK_BYTES)
                        : simpleChunkOnOneNode(perChannel, links.ranks() - 1);
            case LL -> Math.min(perChannel, LL_CHUNK_BYTES);
            case LL128 ->
                Math.min(
                        perChannel,
                        perChannel < ll128ChunksWanted(links) * LL128_LARGE_CHUNK_BYTES
                                ? LL128_SMALL_CHUNK_BYTES
                                : LL128_LARGE_CHUNK_BYTES);
        };
    }

    /**
     * NCCL up to 2.18 (src/enqueue.cc) halves the chunk until the depth of the tree is filled several times; later
     * versions do not, but they do not choose trees on one node either.
     */
    private static double simpleChunkOnOneNode(double perChannel, int depth) {
        double chunk = SIMPLE_CHUNK_BYTES;
        while (perChannel / chunk < 8 * depth && chunk > 128 * 1024) {
            chunk /= 2;
        }
        while (perChannel / chunk < 4 * depth && chunk > 64 * 1024) {
            chunk /= 2;
        }
        while (perChannel / chunk < depth && chunk > 32 * 1024) {
            chunk /= 2;
        }
        return Math.min(perChannel, chunk);
    }

    /** enqueue.cc: chunks per channel below which LL128 takes smaller ones. */
    private static double ll128ChunksWanted(GroupLinks links) {
        int ranksPerNode = links.shape().ranksPerNode();
        return (1 + links.treeDepth() + 0.1 * ranksPerNode) * 16 / ranksPerNode;
    }
}
