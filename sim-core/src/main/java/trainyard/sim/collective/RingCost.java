package trainyard.sim.collective;

/**
 * Ring collectives.
 *
 * <p>With {@code k} steps (2(n-1) for all-reduce, n-1 for reduce-scatter and all-gather, n for broadcast), of which
 * {@code k_net} cross nodes, and bus bandwidth {@code B}:
 *
 * <pre>{@code t = base + (k - k_net) alpha_in + k_net alpha_net + k S / (n B)}</pre>
 *
 * <p>The constants and the first three terms are NCCL's (src/graph/tuning.cc). NCCL counts one hand-over per step;
 * within a node the Simple protocol cuts a chunk of at least two smallest slices in two and hands over each, so large
 * messages pay the step latency twice.
 */
final class RingCost implements AlgorithmCost {

    /** tuning.cc: LL carries as many flags as data. */
    static final double LL_FACTOR = 0.5;

    /** tuning.cc: 120 of 128 bytes are data; 0.92 is NCCL's figure. */
    static final double LL128_FACTOR = 0.92;

    /** tuning.cc: all-reduces by Simple rings between nodes are slower than their steps, but for the smallest chunks. */
    private static final double PLATEAU_FACTOR = 1.4;

    private static final double PLATEAU_FACTOR_VOLTA = 1.9;
    private static final double PLATEAU_BYTES = 64;

    /** tuning.cc: least step latency inside a node when others cross the network; Intel host, three times for Simple. */
    private static final double NET_OVERHEAD_SECONDS = 1e-6;

    /** A slice is at least a 32nd of a 512 KiB slot (NCCL src/device/prims_simple.h); a chunk that holds two is cut. */
    private static final double TWO_SLICES_BYTES = 2 * 512.0 * 1024 / 32;

    private final NcclPlatform platform;

    RingCost(NcclPlatform platform) {
        this.platform = platform;
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.RING;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return operation != Collective.ALL_TO_ALL && operation != Collective.SEND_RECV;
    }

    private static int steps(Collective operation, int ranks) {
        return switch (operation) {
            case ALL_REDUCE -> 2 * (ranks - 1);
            case REDUCE_SCATTER, ALL_GATHER -> ranks - 1;
            case BROADCAST, ALL_TO_ALL, SEND_RECV -> ranks;
        };
    }

    private static int netSteps(Collective operation, int nodes) {
        return operation == Collective.ALL_REDUCE ? 2 * (nodes - 1) : nodes - 1;
    }

    private double busBandwidth(NcclProtocol protocol, GroupLinks links) {
        double bus = links.ringBusBandwidth();
        NcclTuning tuning = platform.tuning();
        int generation = platform.generation();
        return switch (protocol) {
            case LL -> Math.min(tuning.llMax(generation, links.nodes()), LL_FACTOR * bus);
            case LL128 ->
                Math.min(
                        LL128_FACTOR * bus,
                        links.searchChannels() * tuning.ringLl128PerChannel(generation, links.nodes()));
            case SIMPLE -> bus;
        };
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        int netSteps = netSteps(operation, links.nodes());
        double inside = stepSeconds(protocol, links);
        double latency = tuning.baseLatency(NcclAlgorithm.RING, protocol)
                + (steps(operation, links.ranks()) - netSteps) * inside;
        if (links.multiNode()) {
            double across =
                    tuning.stepLatency(NcclTuning.NET, NcclAlgorithm.RING, protocol) + links.netStepSeconds(protocol);
            latency += netSteps * across;
            if (operation == Collective.ALL_REDUCE
                    && protocol == NcclProtocol.SIMPLE
                    && bytes / (links.channels() * links.ranks()) >= PLATEAU_BYTES) {
                latency *= platform.generation() == 0 ? PLATEAU_FACTOR_VOLTA : PLATEAU_FACTOR;
            }
        }
        return latency;
    }

    private double stepSeconds(NcclProtocol protocol, GroupLinks links) {
        double step = platform.tuning().stepLatency(platform.scaleUp().tuningLink(), NcclAlgorithm.RING, protocol);
        if (!links.multiNode()) {
            return step;
        }
        return Math.max(step, protocol == NcclProtocol.SIMPLE ? 3 * NET_OVERHEAD_SECONDS : NET_OVERHEAD_SECONDS);
    }

    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        double stepsPerRank = (double) steps(operation, links.ranks()) / links.ranks();
        return latencySeconds(operation, protocol, bytes, links) + bytes * stepsPerRank / busBandwidth(protocol, links);
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return estimateSeconds(operation, protocol, bytes, links) + secondSlice(operation, protocol, bytes, links);
    }

    private double secondSlice(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        double chunk = bytes / ((double) links.channels() * links.ranks());
        if (protocol != NcclProtocol.SIMPLE || links.multiNode() || chunk < TWO_SLICES_BYTES) {
            return 0;
        }
        return steps(operation, links.ranks()) * stepSeconds(protocol, links);
    }
}
