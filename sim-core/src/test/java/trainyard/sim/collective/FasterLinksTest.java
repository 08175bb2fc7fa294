package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/**
 * Faster links never make a collective slower that is carried out in the same way. NCCL's own choice among the ways may, since
 * it goes by estimates.
 */
class FasterLinksTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final double ROUNDING = 1 + 1e-9;
    private static final int NODES = 64;

    private static NodeSpec faster(NodeSpec node, double ports, double scaleUp) {
        GpuSpec gpu = node.gpu();
        GpuSpec withLinks = new GpuSpec(
                gpu.name(),
                gpu.architecture(),
                gpu.smCount(),
                gpu.peakFlopsPerSecond(),
                gpu.memoryBytes(),
                gpu.memoryBytesPerSecond(),
                gpu.l2Bytes(),
                gpu.scaleUpLink(),
                scaleUp * gpu.scaleUpBytesPerSecond(),
                gpu.tdpWatts(),
                gpu.idleWatts(),
                gpu.measuredGemmFlopsPerSecond(),
                gpu.sustainedGemmFlopsPerSecond(),
                gpu.provenance());
        return new NodeSpec(
                node.name(),
                withLinks,
                node.gpus(),
                node.scaleUp(),
                node.nics(),
                ports * node.nicBytesPerSecond(),
                node.pcieBytesPerSecond(),
                node.host(),
                node.maxPowerWatts(),
                node.scaleUpNodes(),
                node.provenance());
    }

    private static List<GroupShape> shapes(NodeSpec node) {
        int gpus = node.gpus();
        return List.of(
                GroupShape.withinNode(2),
                GroupShape.withinNode(gpus),
                new GroupShape(1, 2, gpus),
                new GroupShape(1, 16, gpus),
                new GroupShape(2, 5, 2),
                new GroupShape(gpus, 2, 1),
                new GroupShape(gpus, 3, 1),
                new GroupShape(gpus, NODES, 1));
    }

    /** Links of 1/8, 1/2, 1, 2 and 8 times the rate, of the ports, inside the nodes and both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DGX-1 V100",
                "Jean Zay V100 quad",
                "DGX A100",
                "AWS p4d.24xlarge",
                "DGX H100",
                "AWS p5.48xlarge",
                "DGX B200",
                "GB200 NVL72 tray"
            })
    void fasterLinksNeverCostTime(String name) {
        NodeSpec node = CATALOG.node(name);
        for (double[] kind : new double[][] {{1, 0}, {0, 1}, {1, 1}}) {
            NcclModel slower = null;
            for (double factor : new double[] {0.125, 0.5, 1, 2, 8}) {
                NodeSpec changed = faster(node, Math.pow(factor, kind[0]), Math.pow(factor, kind[1]));
                FabricSpec fabric = CATALOG.fabric("IB HDR").reducing();
                NcclModel model = NcclModel.on(new ClusterSpec(changed, NODES, fabric));
                if (slower != null) {
                    assertNeverSlower(slower, model, shapes(node));
                }
                slower = model;
            }
        }
    }

    private static void assertNeverSlower(NcclModel slow, NcclModel fast, List<GroupShape> shapes) {
        for (GroupShape shape : shapes) {
            for (Collective operation : Collective.values()) {
                for (double bytes = 8; bytes < 1e10; bytes *= 3) {
                    List<AlgorithmTime> before = slow.candidates(operation, bytes, shape);
                    List<AlgorithmTime> after = fast.candidates(operation, bytes, shape);
                    assertThat(after).hasSameSizeAs(before);
                    for (int i = 0; i < before.size(); i++) {
                        AlgorithmTime way = before.get(i);
                        assertThat(after.get(i).seconds())
                                .as("%s of %.0f B, %s, %s", operation, bytes, shape, way)
                                .isLessThanOrEqualTo(way.seconds() * ROUNDING);
                    }
                }
            }
        }
    }

    /** What NCCL chose on healthy links, it keeps, so what is left of each link orders the times. */
    @Test
    void slowerLinksNeverSaveTime() {
        for (String name : List.of("DGX-1 V100", "DGX A100", "DGX H100", "DGX B200")) {
            NodeSpec node = CATALOG.node(name);
            NcclModel model = NcclModel.on(new ClusterSpec(node, NODES, CATALOG.fabric("IB HDR")));
            for (double[] kind : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}}) {
                NcclModel faster = model;
                for (double left : new double[] {0.99, 0.7, 0.5, 0.1}) {
                    NcclModel slower = model.slowedTo(
                            new LinkShares(Math.pow(left, kind[0]), Math.pow(left, kind[1]), Math.pow(left, kind[2])));
                    assertOrdered(faster, slower, shapes(node));
                    faster = slower;
                }
            }
        }
    }

    private static void assertOrdered(NcclModel fast, NcclModel slow, List<GroupShape> shapes) {
        for (GroupShape shape : shapes) {
            for (Collective operation : Collective.values()) {
                for (double bytes = 8; bytes < 1e10; bytes *= 3) {
                    CollectiveTime before = fast.time(operation, bytes, shape);
                    assertThat(before.seconds())
                            .as("%s of %.0f B, %s, %s", operation, bytes, shape, before)
                            .isLessThanOrEqualTo(
                                    slow.time(operation, bytes, shape).seconds() * ROUNDING);
                }
            }
        }
    }
}
