package trainyard.sim.collective;

import java.util.function.IntToDoubleFunction;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.InterconnectSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;

/** What NCCL finds when it looks at a cluster: tables for the GPU generation, links inside and between nodes, channels. */
final class NcclPlatform {

    /** Latency of the network on which NCCL's constants were measured, InfiniBand (interconnects.csv: 0.6 to 1 us). */
    private static final double REFERENCE_FABRIC_SECONDS = 1e-6;

    /**
     * Without GPUDirect RDMA what a GPU sends goes up to the memory of the host and down again to the port, and what it
     * receives likewise, so that each direction of the link between PCIe switch and host carries both (NVIDIA, GPUDirect
     * RDMA documentation, CUDA 12, overview: the copy through host memory that it saves).
     */
    private static final double COPIES_PER_LINK = 2;

    /** Usable rate of 16 lanes of generation 4; faster ones are generation 5 or later. */
    private static final double PCIE_4_BYTES_PER_SECOND = 31e9;

    /** Hopper, as {@link NcclTuning#generation} counts. */
    private static final int FIRST_WITHOUT_FLUSH = 2;

    private static final double LOG_2 = Math.log(2);

    private final ClusterSpec cluster;
    private final NcclTuning tuning;
    private final ScaleUpLinks scaleUp;
    private final LeafUplinks uplinks;
    private final ChannelSearch search;
    private final int generation;

    private final double slotFraction;

    /** Latency of the copies through host memory at both ends; 0 with GPUDirect RDMA. */
    private final double copySeconds;

    /** @param servers the cluster with its servers as nodes; a node is here one of its scale-up domains */
    NcclPlatform(ClusterSpec servers, HardwareCatalog catalog, NcclTuning tuning) {
        this.cluster = servers.byScaleUpDomain();
        this.tuning = tuning;
        this.scaleUp = new ScaleUpLinks(cluster.node(), catalog);
        this.uplinks = new LeafUplinks(servers);
        InterconnectSpec slot = slot(cluster.node(), catalog);
        this.slotFraction = slot.achievedFraction();
        this.copySeconds = cluster.fabric().gpuDirect() ? 0 : 2 * slot.latencySeconds();
        this.generation = NcclTuning.generation(cluster.node().gpu().architecture());
        this.search = new ChannelSearch(cluster.node(), generation);
    }

    private static InterconnectSpec slot(NodeSpec node, HardwareCatalog catalog) {
        return catalog.link(node.pcieBytesPerSecond() > PCIE_4_BYTES_PER_SECOND ? "PCIe 5 x16" : "PCIe 4 x16");
    }

    NcclTuning tuning() {
        return tuning;
    }

    int generation() {
        return generation;
    }

    ScaleUpLinks scaleUp() {
        return scaleUp;
    }

    double fabricLatencySeconds() {
        return cluster.fabric().latencySeconds();
    }

    ChannelSearch search() {
        return search;
    }

    LeafUplinks uplinks() {
        return uplinks;
    }

    /**
     * LL and LL128 put flags within the data, which is safe only where bytes arrive in order: on EFA of the first
     * generation its plugin sets NCCL_PROTO=simple (aws-ofi-nccl, src/platform-aws.c, for p3dn, p4d and p4de).
     */
    boolean offers(NcclProtocol protocol, GroupLinks links) {
        if (protocol == NcclProtocol.LL128 && !passes128Bytes(links.shape())) {
            return false;
        }
        return protocol == NcclProtocol.SIMPLE
                || !links.multiNode()
                || cluster.fabric().keepsOrder();
    }

    /**
     * LL128 rests on stores of 128 bytes that arrive whole: from Volta on, and inside a node over NVLink only (tuning.cc,
     * 2.20.3 to 2.28: {@code typeIntra <= PATH_NVB}, {@code minCompCap < 70}).
     */
    private boolean passes128Bytes(GroupShape shape) {
        return cluster.node().gpu().architecture() != Architecture.PASCAL
                && (shape.ranksPerNode() == 1 || cluster.node().scaleUp() != ScaleUp.PCIE);
    }

    GroupLinks links(GroupShape shape) {
        int ranks = shape.ranksPerNode();
        double ring = slowestNode(shape, scaleUp::ringBandwidth);
        double chain = slowestNode(shape, scaleUp::chainBandwidth);
        if (shape.nodes() == 1) {
            return new GroupLinks(
                    shape,
                    ring,
                    chain,
                    Double.POSITIVE_INFINITY,
                    scaleUp.channels(ranks, channels()),
                    scaleUp.searchChannels(ranks, channels() / 2),
                    0,
                    0,
                    0);
        }
        double depth = Math.log(shape.nodes()) / LOG_2;
        double extra = Math.max(0, cluster.fabric().latencySeconds() - REFERENCE_FABRIC_SECONDS);
        double flush = flushes() ? extra : 0;
        return new GroupLinks(
                shape,
                ring,
                chain,
                netBandwidth(shape, shape.fewestPerNode()),
                netChannels(shape),
                search.channels(shape),
                depth,
                extra + copySeconds,
                flush);
    }

    /** Rate inside the node that passes data on at the slowest one; a node with one rank has nothing to pass on. */
    private static double slowestNode(GroupShape shape, IntToDoubleFunction bandwidth) {
        if (shape.ranksPerNode() == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double full = bandwidth.applyAsDouble(shape.ranksPerNode());
        return shape.even() || shape.fewestPerNode() == 1
                ? full
                : Math.min(full, bandwidth.applyAsDouble(shape.fewestPerNode()));
    }

    /**
     * What arrives past the host by GPUDirect RDMA is flushed by a read through the network adapter, which costs the
     * latency of the network once more (NCCL src/graph/tuning.cc, interLat, "flush extra latency"). Hopper and later need
     * none (src/graph/paths.cc, ncclTopoNeedFlush).
     */
    private boolean flushes() {
        return cluster.fabric().gpuDirect() && generation < FIRST_WITHOUT_FLUSH;
    }

    /**
     * The links of a group over several nodes with what is left of them; those of a group within one node as they are,
     * since its time is slowed as a whole.
     */
    GroupLinks slowed(GroupLinks links, Collective operation, LinkShares left) {
        if (!links.multiNode() || left.equals(LinkShares.FULL)) {
            return links;
        }
        return new GroupLinks(
                links.shape(),
                links.ringBandwidth() * left.scaleUp(),
                links.chainBandwidth() * left.scaleUp(),
                links.netBandwidth() * uplinks.rateLeft(operation, links.nodes(), left),
                links.channels(),
                links.searchChannels(),
                links.treeDepth(),
                links.netStepSeconds(),
                links.flushSeconds());
    }

    /**
     * The ports of a node are shared by the groups on it; a GPU reaches them through its own PCIe slot. Of several ports that
     * carries the share of its rate that NCCL reaches over PCIe, and always as much as one port.
     *
     * @param ranks ranks of the group on the node
     */
    double netBandwidth(GroupShape shape, int ranks) {
        NodeSpec node = cluster.node();
        FabricSpec fabric = cluster.fabric();
        double fraction = fabric.achievedFraction();
        double ports = fraction * node.scaleOutBytesPerSecond() / shape.groupsPerNode();
        double onePort = fraction * node.scaleOutBytesPerSecond() / Math.max(1, node.nics());
        double slot = fabric.gpuDirect()
                ? Math.max(slotFraction * node.pcieBytesPerSecond(), onePort)
                : fraction * node.pcieBytesPerSecond() / COPIES_PER_LINK;
        return Math.min(ports, ranks * slot);
    }

    /**
     * Channels inside a node: NCCL doubles the rings that its search finds (ncclTopoPostset), which gives 24 on A100 and
     * H100 and 12 on V100, as its log prints; 32, its limit, is assumed for Blackwell.
     */
    int channels() {
        if (cluster.node().scaleUp() == ScaleUp.PCIE) {
            return 4;
        }
        return switch (generation) {
            case 0 -> 12;
            case 1, 2 -> 24;
            default -> 32;
        };
    }

    /**
     * Between nodes NCCL runs two channels per network device; twice that where its search splits them, which is left out, so
     * that a faster port never lets a tree take longer to fill.
     */
    private int netChannels(GroupShape shape) {
        return Math.max(2, Math.min(channels(), 2 * search.devices(shape)));
    }

    /** Channels of the in-switch reduction (NCCL src/transport/nvls.cc: NVLS_NCHANNELS_SM90, _SM100_NVL and _SM100). */
    int nvlsChannels(boolean multiNode) {
        if (generation < 3) {
            return 16;
        }
        return multiNode ? 32 : 24;
    }
}
