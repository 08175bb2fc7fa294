package trainyard.sim.collective;

/**
 * All-reduce with switch reduction inside each node and binary trees between nodes (NVLSTree).
 *
 * <p>With {@code m} nodes, {@code B_in} the rate of the in-switch part, {@code B_net} the rate of a node's ports,
 * {@code C} channels for each of {@code g} ranks and chunks of {@code c} bytes:
 *
 * <pre>{@code
 * t = alpha_in + 2 log2(m) (alpha_net + c / (B_net / (C g))) + S / min(B_in, B_net / k)
 * k = 1 for two nodes, 2 for more (see GroupLinks.treeBusBandwidth)
 * }</pre>
 *
 * <p>The hop of the first chunk is the term that NCCL's estimate leaves out; chunk sizes as in NCCL src/enqueue.cc.
 */
final class NvlsTreeCost implements AlgorithmCost {

    private static final double KIB = 1024;

    private final NcclPlatform platform;
    private final double chunkOverheadSeconds;

    NvlsTreeCost(NcclPlatform platform) {
        this.platform = platform;
        this.chunkOverheadSeconds = NvlsCost.chunkOverheadSeconds(platform);
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.NVLS_TREE;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return NvlsCost.offersAcross(platform, operation, protocol, links);
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return latencySeconds(
                platform.tuning().stepLatency(NcclTuning.NET, NcclAlgorithm.NVLS_TREE, protocol), protocol, links);
    }

    /** @param step seconds of a step between nodes, which take another time than NCCL counts; see {@link NcclTuning} */
    private double latencySeconds(double step, NcclProtocol protocol, GroupLinks links) {
        return platform.tuning().stepLatency(NcclTuning.NVLINK, NcclAlgorithm.NVLS_TREE, protocol)
                + 2 * links.treeDepth() * (step + links.netStepSeconds(protocol));
    }

    /** tuning.cc: least of the in-switch bandwidth, the ports' and what the channels can do; a channel for each GPU. */
    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        int channels = links.shape().fewestPerNode();
        int generation = platform.generation();
        double inside = 2 * links.ringBandwidth() * tuning.nvlsEfficiency(generation) * (channels - 1) / channels;
        double across = links.nodes() == 2 ? 2 * links.netBandwidth() : links.netBandwidth();
        double bus =
                Math.min(Math.min(inside, across), channels * tuning.nvlsTreePerChannel(generation, links.nodes()));
        double step = tuning.countedStepLatency(NcclTuning.NET, NcclAlgorithm.NVLS_TREE, protocol);
        return latencySeconds(step, protocol, links) + 2 * bytes / bus;
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        int ranksPerNode = links.shape().fewestPerNode();
        int channels = platform.nvlsChannels(true);
        int workers = channels * ranksPerNode;
        double chunk = chunkBytes(bytes, workers, links.nodes());
        double ideal = platform.scaleUp().nvlsIdealBandwidth(ranksPerNode);
        double inside = ideal / (1 + chunkOverheadSeconds * ideal / workers / chunk);
        double across = links.nodes() == 2 ? links.netBandwidth() : links.netBandwidth() / 2;
        double hop = chunk * workers / links.netBandwidth();
        return latencySeconds(operation, protocol, bytes, links)
                + 2 * links.treeDepth() * hop
                + bytes / Math.min(inside, across);
    }

    private static double chunkBytes(double bytes, int workers, int nodes) {
        double chunk = (nodes >= 4 ? 64 : 128) * KIB;
        chunk = bytes < 4 * workers * chunk ? Math.min(chunk, 64 * KIB) : chunk;
        return bytes < workers * chunk ? Math.min(chunk, 32 * KIB) : chunk;
    }
}
