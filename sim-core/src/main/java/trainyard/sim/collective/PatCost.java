package trainyard.sim.collective;

/**
 * All-gather and reduce-scatter of one rank per node by parallel aggregated trees (PAT; NCCL 2.23, Jeaugey, "PAT: a new
 * algorithm for all-gather and reduce-scatter operations at scale", arXiv 2506.20252).
 *
 * <pre>{@code t = base + log2(m) alpha_net / 3.5 + 2.8 us n + (n - 1)/n S / (0.75 B)}</pre>
 *
 * <p>All constants are NCCL's (src/graph/tuning.cc).
 */
final class PatCost implements AlgorithmCost {

    private static final double BANDWIDTH_FACTOR = 0.75;
    private static final double STEP_DIVISOR = 3.5;
    private static final double SECONDS_PER_RANK = 2.8e-6;

    private final NcclPlatform platform;

    PatCost(NcclPlatform platform) {
        this.platform = platform;
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.PAT;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return protocol == NcclProtocol.SIMPLE
                && links.multiNode()
                && links.shape().ranksPerNode() == 1
                && (operation == Collective.ALL_GATHER || operation == Collective.REDUCE_SCATTER);
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        double across =
                tuning.stepLatency(NcclTuning.NET, NcclAlgorithm.PAT, protocol) + links.netStepSeconds(protocol);
        return tuning.baseLatency(NcclAlgorithm.PAT, protocol)
                + links.treeDepth() * across / STEP_DIVISOR
                + SECONDS_PER_RANK * links.ranks();
    }

    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return seconds(operation, protocol, bytes, links);
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return latencySeconds(operation, protocol, bytes, links)
                + operation.busFactor(links.ranks()) * bytes / (BANDWIDTH_FACTOR * links.netBandwidth());
    }
}
