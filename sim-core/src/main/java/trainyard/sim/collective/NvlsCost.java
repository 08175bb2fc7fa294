package trainyard.sim.collective;

/**
 * Reduction and multicast in the NVLink switch of one node (NVLS), from Hopper on.
 *
 * <p>An all-reduce of {@code S} bytes moves {@code S + S/n} bytes in and out of each GPU: it reads the reduced share
 * {@code S/n} while it sends {@code S}, then the other way round. With {@code B} the rate of its links, {@code C}
 * channels and chunks of {@code c} bytes:
 *
 * <pre>{@code
 * r = B n / (n + 1) / (C n)                   rate of one channel for the share of one rank
 * t = alpha + S / (C n r) (1 + o r / c)       o: what each chunk costs beyond its bytes
 * }</pre>
 *
 * <p>{@code c} follows the size as in NCCL src/enqueue.cc. {@code o} follows from the one published figure for large
 * messages, where {@code c} is 128 KiB; nothing else is measured.
 */
final class NvlsCost implements AlgorithmCost {

    private static final double LARGEST_CHUNK_BYTES = 128 * 1024;

    /** NCCL offers the algorithm to more than four GPUs of a node (observed on H200 with NCCL 2.27; ml-engineering). */
    private static final int LEAST_RANKS = 5;

    private final NcclPlatform platform;
    private final double chunkOverheadSeconds;

    NvlsCost(NcclPlatform platform) {
        this.platform = platform;
        this.chunkOverheadSeconds = chunkOverheadSeconds(platform);
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.NVLS;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return platform.scaleUp().offersNvls()
                && protocol == NcclProtocol.SIMPLE
                && !links.multiNode()
                && links.ranks() >= LEAST_RANKS
                && (operation == Collective.ALL_REDUCE
                        || operation == Collective.ALL_GATHER
                        || operation == Collective.REDUCE_SCATTER);
    }

    /** Whether nodes sum within their switches before and after they exchange sums with each other. */
    static boolean offersAcross(NcclPlatform platform, Collective operation, NcclProtocol protocol, GroupLinks links) {
        return platform.scaleUp().offersNvls()
                && protocol == NcclProtocol.SIMPLE
                && links.multiNode()
                && links.shape().fewestPerNode() >= LEAST_RANKS
                && operation == Collective.ALL_REDUCE;
    }

    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        return platform.tuning().stepLatency(NcclTuning.NVLINK, NcclAlgorithm.NVLS, protocol);
    }

    /** tuning.cc: graph bandwidth x efficiency x (channels - 1) / channels, doubled for all-reduce; a channel for each GPU. */
    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        int channels = links.ranks();
        double bus = links.ringBandwidth()
                * platform.tuning().nvlsEfficiency(platform.generation())
                * (channels - 1)
                / channels;
        int passes = operation == Collective.ALL_REDUCE ? 2 : 1;
        double steps = passes * (links.ranks() - 1.0);
        return latencySeconds(operation, protocol, bytes, links) + bytes * steps / links.ranks() / (passes * bus);
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        int ranks = links.ranks();
        double ideal = platform.scaleUp().nvlsIdealBandwidth(ranks);
        double wire = operation == Collective.ALL_REDUCE ? ideal : ideal * (ranks + 1.0) / ranks;
        int workers = platform.nvlsChannels(false) * ranks;
        double rate = wire / workers;
        double chunk = chunkBytes(bytes, workers);
        return latencySeconds(operation, protocol, bytes, links)
                + bytes / wire * (1 + chunkOverheadSeconds * rate / chunk);
    }

    /** Cost of one chunk beyond its bytes, from the published rate with the largest chunk. */
    static double chunkOverheadSeconds(NcclPlatform platform) {
        int ranks = ScaleUpLinks.publishedRanks();
        double workers = platform.nvlsChannels(false) * (double) ranks;
        double published = platform.scaleUp().nvlsPublishedBandwidth() / workers;
        double ideal = platform.scaleUp().nvlsIdealBandwidth(ranks) / workers;
        return Math.max(0, LARGEST_CHUNK_BYTES / published - LARGEST_CHUNK_BYTES / ideal);
    }

    /** enqueue.cc: smaller messages take smaller chunks, to keep every channel and rank at work. */
    static double chunkBytes(double bytes, int workers) {
        double chunk = LARGEST_CHUNK_BYTES;
        chunk = bytes < 64 * workers * chunk ? 64 * 1024 : chunk;
        chunk = bytes < 8 * workers * chunk ? Math.min(chunk, 32 * 1024) : chunk;
        return bytes < 2 * workers * chunk ? Math.min(chunk, 16 * 1024) : chunk;
    }
}
