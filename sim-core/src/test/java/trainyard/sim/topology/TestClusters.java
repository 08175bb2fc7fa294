package trainyard.sim.topology;

import java.util.Map;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.ScaleUp;

/** Clusters with round figures for tests: NVLink 300 GB/s, PCIe 32 GB/s, ports 25 GB/s, network latency 2 us. */
public final class TestClusters {

    public static final double SCALE_UP_BYTES_PER_SECOND = 300e9;
    public static final double PCIE_BYTES_PER_SECOND = 32e9;
    public static final double NIC_BYTES_PER_SECOND = 25e9;

    private static final Provenance TEST = new Provenance(Provenance.Kind.ASSUMED, "test", "");

    private TestClusters() {}

    public static NodeSpec node(ScaleUp scaleUp, int gpus, int nics) {
        var gpu = new GpuSpec(
                "test GPU",
                Architecture.AMPERE,
                100,
                Map.of(Precision.BF16, 300e12),
                80e9,
                2e12,
                40e6,
                "NVLink",
                SCALE_UP_BYTES_PER_SECOND,
                400,
                50,
                Map.of(),
                Map.of(),
                TEST);
        return new NodeSpec(
                "test node", gpu, gpus, scaleUp, nics, NIC_BYTES_PER_SECOND, PCIE_BYTES_PER_SECOND, 0, 0, TEST);
    }

    public static ClusterSpec cluster(NodeSpec node, int nodes, FabricSpec.Kind kind, double oversubscription) {
        return new ClusterSpec(node, nodes, new FabricSpec("test", kind, 2e-6, 1, oversubscription, TEST));
    }

    /** DGX-like nodes: eight GPUs behind NVSwitch, a port each. */
    public static ClusterSpec dgx(int nodes, FabricSpec.Kind kind, double oversubscription) {
        return cluster(node(ScaleUp.NVSWITCH, 8, 8), nodes, kind, oversubscription);
    }

    /** Nodes of one GPU and one port: a rank is a host. */
    public static ClusterSpec hosts(int nodes, FabricSpec.Kind kind, double oversubscription) {
        return cluster(node(ScaleUp.PCIE, 1, 1), nodes, kind, oversubscription);
    }

    /** The same cluster with another layout of its fabric; with a graph, of the kind that reads it. */
    public static ClusterSpec laidOut(ClusterSpec cluster, FabricLayout layout) {
        FabricSpec old = cluster.fabric();
        FabricSpec.Kind kind = layout.graph().isPresent() ? FabricSpec.Kind.GRAPH : old.kind();
        return new ClusterSpec(
                cluster.node(),
                cluster.nodes(),
                new FabricSpec(
                        "test", kind, old.latencySeconds(), 1, old.oversubscription(), true, true, layout, TEST));
    }

    /** Nodes of which several share a scale-up switch. */
    public static NodeSpec inDomains(NodeSpec node, int nodesPerDomain) {
        return new NodeSpec(
                node.name(),
                node.gpu(),
                node.gpus(),
                node.scaleUp(),
                node.nics(),
                node.nicBytesPerSecond(),
                node.pcieBytesPerSecond(),
                node.host(),
                0,
                nodesPerDomain,
                TEST);
    }
}
