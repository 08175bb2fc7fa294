package trainyard.sim.collective;

/**
 * All-reduce by recursive halving and doubling, the nearest rank first, as an MPI library would run it on the same links (R.
 * Thakur, R. Rabenseifner, W. Gropp, IJHPCA 19(1), 2005, sections 4.2.2 and 4.4). With {@code g} ranks on each of {@code m}
 * nodes, both powers of two:
 *
 * <pre>{@code
 * t = base + 2 log2(g) alpha_in + 2 log2(m) alpha_net + 2 (g-1)/g S / B_in + 2 (m-1)/m S / B_net
 * }</pre>
 *
 * <p>The halves exchanged inside a node and those exchanged between nodes follow each other, so their times add, where a
 * ring has both at work at once. Latencies and protocol factors are those of NCCL's ring, so that only the pattern differs.
 */
final class HalvingDoublingCost implements AlgorithmCost {

    private final NcclPlatform platform;

    HalvingDoublingCost(NcclPlatform platform) {
        this.platform = platform;
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.HALVING_DOUBLING;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return operation == Collective.ALL_REDUCE
                && links.shape().even()
                && Integer.bitCount(links.shape().ranksPerNode()) == 1
                && Integer.bitCount(links.nodes()) == 1;
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        double inside = tuning.stepLatency(platform.scaleUp().tuningLink(), NcclAlgorithm.RING, protocol);
        double across =
                tuning.stepLatency(NcclTuning.NET, NcclAlgorithm.RING, protocol) + links.netStepSeconds(protocol);
        return tuning.baseLatency(NcclAlgorithm.RING, protocol)
                + 2 * Integer.numberOfTrailingZeros(links.shape().ranksPerNode()) * inside
                + 2 * Integer.numberOfTrailingZeros(links.nodes()) * across;
    }

    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return seconds(operation, protocol, bytes, links);
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        int ranksPerNode = links.shape().ranksPerNode();
        double seconds = latencySeconds(operation, protocol, bytes, links);
        if (ranksPerNode > 1) {
            double inside = platform.scaleUp().pointToPointBandwidth(ranksPerNode);
            seconds += Collective.ALL_REDUCE.busFactor(ranksPerNode) * bytes / limited(inside, protocol, links);
        }
        if (links.multiNode()) {
            double across = links.netBandwidth();
            seconds += Collective.ALL_REDUCE.busFactor(links.nodes()) * bytes / limited(across, protocol, links);
        }
        return seconds;
    }

    private double limited(double bytesPerSecond, NcclProtocol protocol, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        int generation = platform.generation();
        return switch (protocol) {
            case LL -> Math.min(RingCost.LL_FACTOR * bytesPerSecond, tuning.llMax(generation, links.nodes()));
            case LL128 ->
                Math.min(
                        RingCost.LL128_FACTOR * bytesPerSecond,
                        links.channels() * tuning.ringLl128PerChannel(generation, links.nodes()));
            case SIMPLE -> bytesPerSecond;
        };
    }
}
