package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.sim.collective.DgxClusters.A100;
import static trainyard.sim.collective.DgxClusters.CATALOG;
import static trainyard.sim.collective.DgxClusters.H100;
import static trainyard.sim.collective.DgxClusters.MIB;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.sim.hardware.ClusterSpec;

/**
 * Trees by NCCL's own arithmetic (src/graph/tuning.cc @5067397 and 2.20.3, src/enqueue.cc), with its constants written out. A
 * ring or chain of eight A100 runs at 0.78 x 300 = 234 GB/s, eight ports of an A100 at 0.96 x 200 = 192 GB/s.
 */
class NcclTreeTest {

    private static final double KIB = 1024;
    private static final GroupShape ONE_NODE = GroupShape.withinNode(8);
    private static final GroupShape FOUR_NODES = new GroupShape(8, 4, 1);

    private static AlgorithmTime tree(NcclModel model, NcclProtocol protocol, double bytes, GroupShape shape) {
        return model.candidates(Collective.ALL_REDUCE, bytes, shape).stream()
                .filter(way -> way.algorithm() == NcclAlgorithm.TREE && way.protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }

    /** 6.8 + 14 x 0.6 us; 0.92 x 234 GB/s over 3.8, half of it the buffer's; the table has 0.5 at 1 MiB. */
    @Test
    void lowLatencyTakesNcclsDivisor() {
        double estimate = tree(A100, NcclProtocol.LL, MIB, ONE_NODE).estimateSeconds();
        assertThat(estimate).isCloseTo(15.2e-6 + 2 * MIB / (0.92 * 234e9 / 3.8 * 0.5), within(1e-12));
    }

    /** On one node seven ninths of the rate: 14 + 14 x 1.25 us; the table has 0.6 at 1 MiB. */
    @Test
    void linesOf128BytesTakeSevenNinthsOnOneNode() {
        double estimate = tree(A100, NcclProtocol.LL128, MIB, ONE_NODE).estimateSeconds();
        assertThat(estimate).isCloseTo(31.5e-6 + 2 * MIB / (0.92 * 234e9 * 7 / 9 * 0.6), within(1e-12));
    }

    /**
     * Over nodes 120 of 128 bytes: four ports of 0.96 x 25 GB/s, trees through one GPU of each node (0.85); 14 us + 14 steps
     * of 1.25 and 4 of 8.5 us; the table has 0.9 at 8 MiB.
     */
    @Test
    void linesOf128BytesCarry120OverNodes() {
        var slow = new ClusterSpec(CATALOG.node("GCP a3-highgpu-8g"), 4, CATALOG.fabric("IB HDR"));
        double estimate = tree(NcclModel.on(slow), NcclProtocol.LL128, 8 * MIB, FOUR_NODES)
                .estimateSeconds();
        double bus = 0.92 * 0.96 * 100e9 * 120 / 128 * 0.85;
        assertThat(estimate).isCloseTo(65.5e-6 + 2 * 8 * MIB / (bus * 0.9), within(1e-12));
    }

    /**
     * enqueue.cc: chunks of 32 KiB on each of 16 channels for less than (1 + 2 + 0.8) x 16 / 8 = 7.6 of 128 KiB on each, of
     * 128 KiB from there on; 17.8 GB/s a channel limit the whole, 15/16 of the links' rates the first chunk.
     */
    @ParameterizedTest
    @CsvSource({"15000000, 32", "17000000, 128"})
    void linesOf128BytesTakeSmallChunksForSmallMessages(double bytes, double chunkKib) {
        double chunk = 16 * chunkKib * KIB;
        double inside = chunk / (234e9 * 15 / 16);
        double across = chunk / (192e9 * 15 / 16);
        double fill = 14 * inside + 4 * across - across;
        double rest = 2 * bytes / (8 * 17.8e9 * 15 / 16);
        assertThat(tree(A100, NcclProtocol.LL128, bytes, FOUR_NODES).seconds())
                .isCloseTo(65.5e-6 + rest + fill, within(1e-10));
    }

    /**
     * 32 KiB of data on each of 16 channels; the whole at NCCL's 20.4 GB/s over several nodes, the first chunk at half of the
     * link's rate and at most the 87.7 GB/s of an Ampere.
     */
    @Test
    void theFirstChunkOfLowLatencyRunsAtTheRateOfItsLinks() {
        double hop = 16 * 32 * KIB / 87.7e9;
        assertThat(tree(A100, NcclProtocol.LL, 64 * MIB, FOUR_NODES).seconds())
                .isCloseTo(35.2e-6 + 2 * 64 * MIB / 20.4e9 + 17 * hop, within(1e-10));
    }

    /** enqueue.cc up to 2.18: the chunk is halved until the seven hops are filled eight, four and one times. */
    @ParameterizedTest
    @CsvSource({"1000000000, 512", "480000000, 256", "100000000, 128", "50000000, 64", "5000000, 32"})
    void simpleHalvesItsChunksOnOneNode(double bytes, double chunkKib) {
        double fill = 13 * 24 * chunkKib * KIB / 234e9;
        assertThat(tree(A100, NcclProtocol.SIMPLE, bytes, ONE_NODE).seconds())
                .isCloseTo(64.4e-6 + 2 * bytes / 234e9 + fill, within(1e-10));
    }

    /** tuning.cc, {@code typeIntra <= PATH_NVB}: cards on PCIe alone have no LL128, nor has what is older than Volta. */
    @Test
    void linesOf128BytesNeedNvlink() {
        for (String node : List.of("PCIe 2-8-5", "AWS g5.48xlarge", "DGX-1 P100")) {
            var cluster = new ClusterSpec(CATALOG.node(node), 4, CATALOG.fabric("IB HDR"));
            for (GroupShape shape : List.of(ONE_NODE, FOUR_NODES)) {
                assertThat(NcclModel.on(cluster).candidates(Collective.ALL_REDUCE, MIB, shape))
                        .isNotEmpty()
                        .noneMatch(way -> way.protocol() == NcclProtocol.LL128);
            }
        }
        var cards = new ClusterSpec(CATALOG.node("PCIe 2-8-5"), 4, CATALOG.fabric("IB HDR"));
        assertThat(NcclModel.on(cards).candidates(Collective.ALL_REDUCE, MIB, new GroupShape(1, 4, 8)))
                .anyMatch(way -> way.protocol() == NcclProtocol.LL128);
        assertThat(H100.candidates(Collective.ALL_REDUCE, MIB, ONE_NODE))
                .anyMatch(way -> way.protocol() == NcclProtocol.LL128);
    }

    /**
     * Twice the bytes take less time only where NCCL's estimate, which has no first chunk, leaves the tree late; that costs an
     * eighth at most where NVLink joins the GPUs, and nothing on Hopper.
     */
    @ParameterizedTest
    @CsvSource({"DGX H100, IB NDR, 1", "DGX B200, IB NDR, 1", "DGX A100, IB HDR, 0.93", "DGX-1 V100, IB EDR, 0.86"})
    void moreBytesTakeMoreTime(String node, String fabric, double least) {
        for (int nodes : new int[] {1, 2, 3, 4, 8, 32, 128, 256, 512}) {
            var cluster = new ClusterSpec(CATALOG.node(node), nodes, CATALOG.fabric(fabric));
            NcclModel model = NcclModel.on(cluster);
            GroupShape shape = new GroupShape(8, nodes, 1);
            double before = 0;
            for (double bytes = 64; bytes < 4e9; bytes *= 2) {
                double seconds = model.time(Collective.ALL_REDUCE, bytes, shape).seconds();
                assertThat(seconds).as(nodes + " nodes, " + bytes + " bytes").isGreaterThanOrEqualTo(least * before);
                before = seconds;
            }
        }
    }
}
