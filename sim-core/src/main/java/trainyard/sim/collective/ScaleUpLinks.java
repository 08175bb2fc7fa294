package trainyard.sim.collective;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.InterconnectSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;

/**
 * What the links inside one node carry, in bytes/s. Published fractions come from {@code interconnects.csv}: the bus
 * bandwidth of large all-reduces of eight GPUs over the raw rate of one GPU per direction.
 */
final class ScaleUpLinks {

    /**
     * Achieved rate of one NVLink of 25 GB/s between two GPUs without a switch: 22.0 GB/s (NCCL src/graph/topo.h up to
     * 2.12, constant SM70_NVLINK_BW).
     */
    private static final double DIRECT_LINK_FRACTION = 22.0 / 25.0;

    /** NVLinks of a GPU in a mesh; six on V100, and six equal parts of the rate are assumed for others. */
    private static final int LINKS_PER_GPU = 6;

    /** NVSwitch and xGMI meshes without a published figure; assumed equal to NVLink 3. */
    private static final String DEFAULT_LINK = "NVLink3 A100";

    private static final int PUBLISHED_RANKS = 8;
    /**
     * Each turn of a ring over its buffers ends with one slice in flight that no other work covers. A chunk of an
     * all-reduce has two slices (NCCL src/include/collectives.h: ALLREDUCE_SLICESTEPS over ALLREDUCE_CHUNKSTEPS).
     */
    private static final double EXPOSED_CHUNKS_PER_LOOP = 0.5;

    private final NodeSpec node;
    private final double ringFraction;
    private final double nvlsFraction;
    private final double pointToPointFraction;
    private final double latencySeconds;
    private final double[] meshRingBandwidth;
    private final double meshLinkBandwidth;

    ScaleUpLinks(NodeSpec node, HardwareCatalog catalog) {
        this.node = node;
        InterconnectSpec ring = catalog.link(linkName(node.gpu(), "ring"));
        this.ringFraction = ring.achievedFraction();
        this.latencySeconds = ring.latencySeconds();
        this.nvlsFraction =
                offersNvls(node) ? catalog.link(linkName(node.gpu(), "NVLS")).achievedFraction() : 0;
        this.pointToPointFraction =
                catalog.link("NVLink p2p A100/H100 unidirectional").achievedFraction();
        this.meshRingBandwidth = new double[node.gpus() + 1];
        this.meshLinkBandwidth = node.scaleUp() == ScaleUp.NVLINK_MESH ? fillMesh() : 0;
    }

    /** In-switch reduction came with NVSwitch 3 (Hopper). */
    private static boolean offersNvls(NodeSpec node) {
        return node.scaleUp() == ScaleUp.NVSWITCH
                && NcclTuning.generation(node.gpu().architecture()) >= 2;
    }

    private static String linkName(GpuSpec gpu, String variant) {
        String link = gpu.scaleUpLink();
        if (link.startsWith("NVLink2")) {
            return "NVLink2 V100";
        } else if (link.startsWith("NVLink4")) {
            return "NVLink4 H100/H200 " + variant;
        } else if (link.startsWith("NVLink5")) {
            return "NVLink5 B200 " + variant;
        } else if (link.startsWith("PCIe")) {
            return link.startsWith("PCIe5") ? "PCIe 5 x16" : "PCIe 4 x16";
        }
        return DEFAULT_LINK;
    }

    /** A pair of GPUs has as many links as each GPU can give all others; what is left over lies idle. */
    private double fillMesh() {
        int gpus = node.gpus();
        LinkMesh mesh = gpus == NodeSpec.MOST_MESH_GPUS
                ? LinkMesh.hybridCube()
                : LinkMesh.full(gpus, LINKS_PER_GPU / Math.max(1, gpus - 1));
        double link = DIRECT_LINK_FRACTION * node.gpu().scaleUpBytesPerSecond() / LINKS_PER_GPU;
        for (int ranks = 2; ranks <= gpus; ranks++) {
            meshRingBandwidth[ranks] = mesh.rings(ranks) * link;
        }
        return link;
    }

    boolean offersNvls() {
        return nvlsFraction > 0;
    }

    /** Bus bandwidth of a ring of {@code ranks} GPUs of the node. */
    double ringBandwidth(int ranks) {
        double raw = node.gpu().scaleUpBytesPerSecond();
        return switch (node.scaleUp()) {
            case NVSWITCH -> raw * ringFraction * loopEfficiency(ranks) / loopEfficiency(PUBLISHED_RANKS);
            case FULL_MESH -> raw * ringFraction * Math.max(1, ranks - 1) / Math.max(1, node.gpus() - 1);
            case NVLINK_MESH -> meshRingBandwidth[ranks] > 0 ? meshRingBandwidth[ranks] : pcieRing();
            case PCIE -> pcieRing();
        };
    }

    private static double loopEfficiency(int ranks) {
        return ranks == 1 ? 1 : 1 / (1 + EXPOSED_CHUNKS_PER_LOOP / (2.0 * (ranks - 1)));
    }

    private double pcieRing() {
        return node.pcieBytesPerSecond() * (node.scaleUp() == ScaleUp.PCIE ? ringFraction : 0.77);
    }

    /**
     * Twice the rate at which a chain of {@code ranks} GPUs passes a buffer up and down. Through a switch both ways
     * share the ports of a GPU. On a mesh they run on different links; where no ring exists, one chain is assumed.
     */
    double chainBandwidth(int ranks) {
        return meshRingless(ranks) ? 2 * meshLinkBandwidth : ringBandwidth(ranks);
    }

    /** Rate at which the in-switch reduction could run if chunks cost nothing: each GPU moves (n + 1)/n of the buffer. */
    double nvlsIdealBandwidth(int ranks) {
        return node.gpu().scaleUpBytesPerSecond() * ringFraction * ranks / (ranks + 1.0);
    }

    /** Published rate (buffer over time) of large in-switch all-reduces of eight GPUs. */
    double nvlsPublishedBandwidth() {
        return node.gpu().scaleUpBytesPerSecond() * nvlsFraction / Collective.ALL_REDUCE.busFactor(PUBLISHED_RANKS);
    }

    static int publishedRanks() {
        return PUBLISHED_RANKS;
    }

    /** Rate at which one GPU sends to others of the node. */
    double pointToPointBandwidth(int ranks) {
        return switch (node.scaleUp()) {
            case NVSWITCH -> node.gpu().scaleUpBytesPerSecond() * pointToPointFraction;
            case FULL_MESH, NVLINK_MESH, PCIE -> ringBandwidth(ranks);
        };
    }

    double latencySeconds() {
        return latencySeconds;
    }

    /** On a mesh each ring makes two channels; where there is none, the chain does. */
    int channels(int ranks, int usual) {
        if (node.scaleUp() != ScaleUp.NVLINK_MESH || ranks == 1) {
            return usual;
        }
        double rings = meshRingBandwidth[ranks] / meshLinkBandwidth;
        return 2 * Math.max(1, (int) Math.rint(rings));
    }

    /** Channels that NCCL's search finds: the rings of a mesh, or the two links between neighbours of its chain (4-0-3-2-1). */
    int searchChannels(int ranks, int usual) {
        return meshRingless(ranks) ? 2 : channels(ranks, 2 * usual) / 2;
    }

    private boolean meshRingless(int ranks) {
        return node.scaleUp() == ScaleUp.NVLINK_MESH && ranks > 1 && meshRingBandwidth[ranks] == 0;
    }

    /** Index of the step latencies in {@link NcclTuning}. */
    int tuningLink() {
        return node.scaleUp() == ScaleUp.PCIE ? NcclTuning.PCI : NcclTuning.NVLINK;
    }
}
