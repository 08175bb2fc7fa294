package trainyard.sim.collective;

import trainyard.sim.hardware.FabricSpec;

/**
 * All-reduce with reduction in the switches between nodes (SHARP; Graham et al. 2016) on top of reduction in those inside
 * the nodes: what NCCL runs as NVLS where a CollNet plugin offers the network's switches (src/transport/nvls.cc). The node's
 * switch leaves each of {@code g} ranks {@code S/g} of the node's sum, every port sends its share to the network once and gets
 * the sum over all nodes back in the other direction, and the node's switch copies it to all ranks:
 *
 * <pre>{@code
 * t = alpha_in + alpha_net + 2 c C g / B_net + S / min(B_in, B_net)
 * }</pre>
 *
 * <p>The number of nodes does not appear: a tree of switches adds up on the way, each level while the next ones already
 * work. {@code B_in} and the chunk {@code c} are those of {@link NvlsCost}, {@code C} its channels between nodes. Older
 * nodes, where NCCL takes chains inside (CollNetChain), are left out.
 */
final class CollNetCost implements AlgorithmCost {

    private final NcclPlatform platform;
    private final boolean reduces;
    private final double chunkOverheadSeconds;

    CollNetCost(NcclPlatform platform, FabricSpec fabric) {
        this.platform = platform;
        this.reduces = fabric.reduces();
        this.chunkOverheadSeconds = NvlsCost.chunkOverheadSeconds(platform);
    }

    @Override
    public NcclAlgorithm algorithm() {
        return NcclAlgorithm.COLLNET;
    }

    @Override
    public boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links) {
        return reduces && NvlsCost.offersAcross(platform, operation, protocol, links);
    }

    /** tuning.cc: a step of NVLS inside the node, and one of NVLS between nodes. */
    @Override
    public double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        NcclTuning tuning = platform.tuning();
        return tuning.stepLatency(NcclTuning.NVLINK, NcclAlgorithm.NVLS, protocol)
                + tuning.stepLatency(NcclTuning.NET, NcclAlgorithm.NVLS, protocol)
                + links.netStepSeconds(protocol);
    }

    /** tuning.cc: NVLS, whose bandwidth is the lesser of the one inside and that of the ports; a channel for each GPU. */
    @Override
    public double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        int channels = links.shape().fewestPerNode();
        double inside = links.ringBandwidth()
                * platform.tuning().nvlsEfficiency(platform.generation())
                * (channels - 1)
                / channels;
        return latencySeconds(operation, protocol, bytes, links) + bytes / Math.min(inside, links.netBandwidth());
    }

    @Override
    public double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links) {
        int ranksPerNode = links.shape().fewestPerNode();
        int workers = platform.nvlsChannels(true) * ranksPerNode;
        double chunk = NvlsCost.chunkBytes(bytes, workers);
        double ideal = platform.scaleUp().nvlsIdealBandwidth(ranksPerNode);
        double inside = ideal / (1 + chunkOverheadSeconds * ideal / workers / chunk);
        double fill = 2 * chunk * workers / links.netBandwidth();
        return latencySeconds(operation, protocol, bytes, links)
                + fill
                + bytes / Math.min(inside, links.netBandwidth());
    }
}
