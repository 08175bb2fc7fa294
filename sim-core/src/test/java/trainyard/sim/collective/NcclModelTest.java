package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;

class NcclModelTest {

    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ClusterSpec DGX_A100 = new ClusterSpec(CATALOG.node("DGX A100"), 64, CATALOG.fabric("IB HDR"));
    private static final ClusterSpec DGX_H100 =
            new ClusterSpec(CATALOG.node("DGX H100"), 512, CATALOG.fabric("IB NDR"));

    private final NcclModel a100 = NcclModel.on(DGX_A100);
    private final NcclModel h100 = NcclModel.on(DGX_H100);

    /** tuning.cc by hand: 8.4 us + 14 steps of 3.4 us, twice for two slices, + 2 * 7/8 S / (0.78 * 300 GB/s). */
    @Test
    void largeAllReduceOnOneA100NodeIsASimpleRing() {
        CollectiveTime time = a100.time(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(8));
        assertThat(time.algorithm()).isEqualTo("ring");
        assertThat(time.protocol()).isEqualTo("Simple");
        assertThat(time.latencySeconds()).isCloseTo(8.4e-6 + 14 * 3.4e-6, within(1e-12));
        assertThat(time.seconds()).isCloseTo(8.4e-6 + 28 * 3.4e-6 + 1.75 * GIB / 234e9, within(1e-9));
    }

    @Test
    void smallMessagesTakeAProtocolOfLowLatency() {
        assertThat(a100.time(Collective.ALL_REDUCE, 1024, GroupShape.withinNode(8))
                        .protocol())
                .isEqualTo("LL");
        assertThat(h100.time(Collective.ALL_REDUCE, 1024, new GroupShape(8, 64, 1))
                        .algorithm())
                .isEqualTo("tree");
    }

    /** Bus bandwidth of 1.07 x 450 GB/s for large messages (interconnects.csv), which the chunk cost is derived from. */
    @Test
    void hopperReducesInTheSwitch() {
        CollectiveTime time = h100.time(Collective.ALL_REDUCE, 16 * GIB, GroupShape.withinNode(8));
        assertThat(time.algorithm()).isEqualTo("nvls");
        double bus = Collective.ALL_REDUCE.busFactor(8) * 16 * GIB / time.seconds();
        assertThat(bus).isCloseTo(1.07 * 450e9, within(0.005 * 480e9));
        assertThat(h100.time(Collective.ALL_REDUCE, 16 * GIB, GroupShape.withinNode(4))
                        .algorithm())
                .isEqualTo("ring");
        NcclModel off = h100.with(NcclOptions.automatic().withoutNvls());
        assertThat(off.time(Collective.ALL_REDUCE, 16 * GIB, GroupShape.withinNode(8))
                        .algorithm())
                .isEqualTo("ring");
    }

    @Test
    void aGroupOfOneRankCostsNothing() {
        assertThat(a100.time(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(1))
                        .seconds())
                .isZero();
        assertThat(a100.candidates(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(1)))
                .isEmpty();
    }

    /** Eight data-parallel groups, one rank of each on every node, share eight ports: a port of 0.96 x 25 GB/s each. */
    @Test
    void concurrentGroupsShareThePortsOfANode() {
        double bytes = 4 * GIB;
        int nodes = 64;
        double alone = a100.with(NcclOptions.automatic().only(NcclAlgorithm.RING))
                .time(Collective.ALL_REDUCE, bytes, new GroupShape(1, nodes, 8))
                .seconds();
        double wire = Collective.ALL_REDUCE.busFactor(nodes) * bytes / (0.96 * 25e9);
        assertThat(alone).isGreaterThan(wire).isCloseTo(wire, within(0.02 * wire));
    }

    @Test
    void allToAllIsLimitedByThePorts() {
        double bytes = GIB;
        CollectiveTime time = a100.time(Collective.ALL_TO_ALL, bytes, new GroupShape(8, 4, 1));
        double wire = 8 * 24.0 / 32 * bytes / (0.96 * 200e9);
        assertThat(time.seconds() - time.latencySeconds()).isCloseTo(wire, within(1e-9));
    }

    /** DGX-1: two ranks share one link, four have two disjoint cycles both ways, eight use all six links. */
    @Test
    void meshRingsFollowTheLinks() {
        LinkMesh cube = LinkMesh.hybridCube();
        assertThat(new int[] {cube.rings(2), cube.rings(3), cube.rings(4), cube.rings(5)})
                .containsExactly(1, 2, 4, 0);
        assertThat(new int[] {cube.rings(6), cube.rings(7), cube.rings(8)}).containsExactly(2, 4, 6);
        assertThat(LinkMesh.full(4, 2).rings(4)).isEqualTo(6);
    }

    /** A GPU of any mesh sends at most what its six links of 22 GB/s carry: five GPUs use four of them, seven use six. */
    @Test
    void aMeshCarriesNoMoreThanTheLinksOfAGpu() {
        NodeSpec quad = CATALOG.node("Jean Zay V100 quad");
        double[] links = {0, 0, 6, 6, 6, 4, 4, 6, 6};
        for (int gpus = 2; gpus <= NodeSpec.MOST_MESH_GPUS; gpus++) {
            NcclModel model = NcclModel.on(new ClusterSpec(mesh(quad, gpus), 1, CATALOG.fabric("Omni-Path")))
                    .with(NcclOptions.automatic().only(NcclAlgorithm.RING));
            CollectiveTime time = model.time(Collective.ALL_REDUCE, 64 * GIB, GroupShape.withinNode(gpus));
            double bus = Collective.ALL_REDUCE.busFactor(gpus) * 64 * GIB / time.seconds();
            assertThat(bus).as("%d GPUs", gpus).isCloseTo(links[gpus] * 22e9, withinPercentage(1));
        }
        assertThatThrownBy(() -> mesh(quad, NodeSpec.MOST_MESH_GPUS + 1))
                .hasMessage("direct NVLinks join at most 8 GPUs of a node, got 9");
    }

    private static NodeSpec mesh(NodeSpec node, int gpus) {
        return new NodeSpec(
                "mesh",
                node.gpu(),
                gpus,
                ScaleUp.NVLINK_MESH,
                node.nics(),
                node.nicBytesPerSecond(),
                node.pcieBytesPerSecond(),
                node.host(),
                0,
                1,
                node.provenance());
    }

    /**
     * Among all-to-all joined GPUs as many rings fit as a GPU has links, less one where a cycle each way would need two: a
     * search for 12 cycles through 25 GPUs would not end.
     */
    @Test
    void fullMeshesHaveRingsOnAllLinks() {
        assertThat(LinkMesh.full(25, 1).rings(25)).isEqualTo(24);
        assertThat(LinkMesh.full(24, 1).rings(24)).isEqualTo(22);
        assertThat(LinkMesh.full(24, 2).rings(24)).isEqualTo(46);
        assertThat(LinkMesh.full(25, 1).rings(3)).isEqualTo(2);
        assertThat(LinkMesh.full(25, 1).rings(2)).isEqualTo(1);
    }

    /** Time never falls when a message grows by a quarter or more, whatever the switch points. */
    @Test
    void timeGrowsWithSize() {
        for (NcclModel model : new NcclModel[] {a100, h100}) {
            for (GroupShape shape : new GroupShape[] {
                GroupShape.withinNode(2),
                GroupShape.withinNode(8),
                new GroupShape(8, 2, 1),
                new GroupShape(8, 64, 1),
                new GroupShape(1, 64, 8)
            }) {
                for (NcclAlgorithm algorithm : NcclAlgorithm.values()) {
                    assertGrows(model, shape, algorithm);
                }
            }
        }
    }

    private static void assertGrows(NcclModel model, GroupShape shape, NcclAlgorithm algorithm) {
        double previous = 0;
        for (double bytes = 1024; bytes < 16 * GIB; bytes *= 1.25) {
            for (AlgorithmTime candidate : model.candidates(Collective.ALL_REDUCE, bytes, shape)) {
                if (candidate.algorithm() == algorithm && candidate.protocol() == NcclProtocol.SIMPLE) {
                    assertThat(candidate.seconds())
                            .as("%s %s %.0f B", algorithm, shape, bytes)
                            .isGreaterThan(0.8 * previous);
                    previous = candidate.seconds();
                }
            }
        }
    }

    @Test
    void everyOperationHasAnAlgorithmOnEveryNode() {
        CATALOG.nodes().forEach(node -> {
            NcclModel model = NcclModel.on(new ClusterSpec(node, 4, CATALOG.fabric("IB HDR")));
            for (Collective operation : Collective.values()) {
                for (int ranks = 1; ranks <= node.gpus(); ranks++) {
                    assertThat(model.time(operation, MIB, GroupShape.withinNode(ranks))
                                    .seconds())
                            .as("%s on %d of %s", operation, ranks, node.name())
                            .isBetween(ranks == 1 ? 0.0 : 1e-6, 1.0);
                }
                assertThat(model.time(operation, MIB, new GroupShape(node.gpus(), 4, 1))
                                .seconds())
                        .isBetween(1e-6, 1.0);
            }
        });
    }

    @Test
    void wrongRequestsAreRefused() {
        assertThatThrownBy(() -> a100.time(Collective.ALL_REDUCE, -1, GroupShape.withinNode(8)))
                .hasMessageContaining("bytes must not be negative");
        assertThatThrownBy(() -> a100.time(Collective.ALL_REDUCE, 1, GroupShape.withinNode(9)))
                .hasMessageContaining("a group has 9 ranks on a node, but DGX A100 has 8 GPUs");
        NcclModel nvls = a100.with(NcclOptions.automatic().only(NcclAlgorithm.NVLS));
        assertThatThrownBy(() -> nvls.time(Collective.ALL_REDUCE, 1, GroupShape.withinNode(8)))
                .hasMessage(
                        "none of the allowed algorithms [NVLS] and protocols [LL, LL128, SIMPLE] can do ALL_REDUCE among 8"
                                + " ranks on 1 nodes of DGX A100");
    }

    /** 25 us + 2 log2(512) (20.9 us + 64 KiB * 16 * 8 / (0.96 * 400 GB/s)) + 2 S / (0.96 * 400 GB/s). */
    @Test
    void nvlsTreePassesOneChunkPerHop() {
        double bytes = GIB;
        double net = 0.96 * 400e9;
        double hop = 64 * 1024 * 16 * 8 / net;
        CollectiveTime time = h100.with(NcclOptions.automatic().only(NcclAlgorithm.NVLS_TREE))
                .time(Collective.ALL_REDUCE, bytes, new GroupShape(8, 512, 1));
        assertThat(time.latencySeconds()).isCloseTo(25e-6 + 18 * 20.9e-6, within(1e-12));
        assertThat(time.seconds()).isCloseTo(25e-6 + 18 * (20.9e-6 + hop) + 2 * bytes / net, within(1e-9));
    }

    /**
     * Every port carries its share of the sum once, whatever the nodes: 16 GiB go at the 274 GB/s that the switch inside
     * reaches, 25 + 18 us and two chunks of 128 KiB on each of 16 x 8 channels later.
     */
    @Test
    void switchesBetweenNodesReduceOnce() {
        double bytes = 16 * GIB;
        NcclOptions only = NcclOptions.automatic().only(NcclAlgorithm.COLLNET);
        double fill = 2 * 128 * 1024 * 16 * 8 / (0.96 * 400e9);
        double before = 0;
        for (int nodes : new int[] {4, 512}) {
            var reducing = new ClusterSpec(
                    CATALOG.node("DGX H100"), nodes, CATALOG.fabric("IB NDR").reducing());
            CollectiveTime time = NcclModel.on(reducing, CATALOG, only)
                    .time(Collective.ALL_REDUCE, bytes, new GroupShape(8, nodes, 1));
            assertThat(time.latencySeconds()).isCloseTo(43e-6, within(1e-12));
            double rate = bytes / (time.seconds() - 43e-6 - fill);
            // 1.07 of 450 GB/s in bus bandwidth of eight ranks is 1.07 x 450 / 1.75 in bytes of the buffer.
            assertThat(rate).isCloseTo(1.07 * 450e9 / 1.75, within(0.02 * rate));
            assertThat(before == 0 || time.seconds() == before).isTrue();
            before = time.seconds();
        }
    }

    /** Twice the rate of a tree, whose ports carry each byte twice; NCCL takes it where it may. */
    @Test
    void reductionBetweenNodesBeatsTreesAndRings() {
        var shape = new GroupShape(8, 64, 1);
        var plain = new ClusterSpec(CATALOG.node("DGX H100"), 64, CATALOG.fabric("IB NDR"));
        var reducing = new ClusterSpec(plain.node(), 64, plain.fabric().reducing());
        CollectiveTime without = NcclModel.on(plain).time(Collective.ALL_REDUCE, GIB, shape);
        CollectiveTime with = NcclModel.on(reducing).time(Collective.ALL_REDUCE, GIB, shape);
        assertThat(with.algorithm()).isEqualTo("collnet");
        assertThat(without.algorithm()).isNotEqualTo("collnet");
        assertThat(with.seconds()).isLessThan(0.8 * without.seconds());
    }

    /**
     * tuning.cc by hand: the search finds 8 channels on DGX H100, each of at most 29 GB/s with LL128, through one GPU a node;
     * 0.9 is the correction for 16 MiB. 16 channels run, but the limit is not meant for those.
     */
    @Test
    void limitsPerChannelCountTheChannelsOfTheSearch() {
        GroupShape shape = new GroupShape(8, 64, 1);
        double bytes = 16 * MIB;
        AlgorithmTime tree = candidate(h100, bytes, shape, NcclAlgorithm.TREE, NcclProtocol.LL128);
        double latency = 14e-6 + 14 * 1.25e-6 + 12 * 8.5e-6;
        assertThat(tree.latencySeconds()).isCloseTo(latency, within(1e-12));
        assertThat(tree.estimateSeconds()).isCloseTo(latency + 2 * bytes / (8 * 29e9 * 0.85 * 0.9), within(1e-9));
        assertThat(tree.seconds()).isGreaterThan(latency + 2 * bytes / (8 * 29e9));

        AlgorithmTime ring = candidate(h100, GIB, shape, NcclAlgorithm.RING, NcclProtocol.LL128);
        double wire = Collective.ALL_REDUCE.busFactor(512) * GIB;
        assertThat(ring.seconds() - ring.latencySeconds()).isCloseTo(wire / (8 * 36.7e9), within(1e-9));
    }

    /**
     * 25 us + 12 steps of 14 us + 2 S / (8 x 45.5 GB/s) is less than NCCL expects of an LL128 tree from 16 MiB on. With the 20.9 us
     * that a step takes it would stay with the tree.
     */
    @Test
    void nvlsTreeIsChosenByTheEstimateOfItsTime() {
        GroupShape shape = new GroupShape(8, 64, 1);
        AlgorithmTime inSwitch = candidate(h100, 16 * MIB, shape, NcclAlgorithm.NVLS_TREE, NcclProtocol.SIMPLE);
        assertThat(inSwitch.estimateSeconds()).isCloseTo(25e-6 + 12 * 14e-6 + 32 * MIB / (8 * 45.5e9), within(1e-9));
        assertThat(h100.time(Collective.ALL_REDUCE, 16 * MIB, shape).algorithm())
                .isEqualTo("nvlstree");
        CollectiveTime smaller = h100.time(Collective.ALL_REDUCE, 4 * MIB, shape);
        assertThat(smaller.algorithm() + " " + smaller.protocol()).isEqualTo("tree LL128");
    }

    private static AlgorithmTime candidate(
            NcclModel model, double bytes, GroupShape shape, NcclAlgorithm algorithm, NcclProtocol protocol) {
        return model.candidates(Collective.ALL_REDUCE, bytes, shape).stream()
                .filter(time -> time.algorithm() == algorithm && time.protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Two nodes: ports carry each byte once; the first chunk crosses 14 steps inside and 2 across, which cost the latency of
     * the network twice, since Ampere flushes.
     */
    @Test
    void treeFillsItsDepthFirst() {
        ClusterSpec p4 = new ClusterSpec(CATALOG.node("AWS p4de.24xlarge"), 2, CATALOG.fabric("EFA v1"));
        double bytes = GIB;
        double net = 0.85 * 50e9;
        double inside = 8 * 23.6e9;
        double chunk = 512 * 1024 * 8;
        CollectiveTime time = NcclModel.on(p4).time(Collective.ALL_REDUCE, bytes, new GroupShape(8, 2, 1));
        assertThat(time.algorithm()).isEqualTo("tree");
        assertThat(time.protocol()).isEqualTo("Simple");
        double latency = 8.4e-6 + 14 * 4e-6 + 2 * (14e-6 + 2 * 14e-6);
        double fill = 14 * chunk / inside + 2 * chunk / net - chunk / net;
        assertThat(time.seconds()).isCloseTo(latency + fill + bytes / net, within(1e-9));
    }

    /** NCCL src/graph/paths.cc, ncclTopoNeedFlush: what a Hopper receives needs no flush. */
    @Test
    void onlyAmpereAndOlderFlushWhatTheyReceive() {
        NcclOptions simpleRing =
                NcclOptions.automatic().only(NcclAlgorithm.RING).only(NcclProtocol.SIMPLE);
        GroupShape pair = new GroupShape(1, 2, 1);
        for (String machine : List.of("AWS p4de.24xlarge", "AWS p5.48xlarge")) {
            boolean flushes = machine.contains("p4de");
            ClusterSpec cluster =
                    new ClusterSpec(CATALOG.node(machine), 2, CATALOG.fabric(flushes ? "EFA v1" : "EFA v2"));
            double latency = NcclModel.on(cluster)
                    .with(simpleRing)
                    .time(Collective.ALL_REDUCE, 8, pair)
                    .latencySeconds();
            assertThat(latency).isCloseTo(8.4e-6 + 2 * (14e-6 + (flushes ? 2 : 1) * 14e-6), within(1e-12));
        }
    }

    /** 8 us + log2(64) 14 us / 3.5 + 2.8 us per rank + 63/64 S over 0.75 of a port. */
    @Test
    void patTakesALogarithmicNumberOfSteps() {
        CollectiveTime time = a100.with(NcclOptions.automatic().only(NcclAlgorithm.PAT))
                .time(Collective.ALL_GATHER, MIB, new GroupShape(1, 64, 8));
        double latency = 8e-6 + 6 * 14e-6 / 3.5 + 64 * 2.8e-6;
        assertThat(time.seconds()).isCloseTo(latency + 63.0 / 64 * MIB / (0.75 * 0.96 * 25e9), within(1e-12));
    }

    /** 31.5 GB/s, half of a PCIe 5 slot, limit each of the 50 GB/s ports. */
    @Test
    void withoutGpuDirectTheSlotsCarryEveryMessageTwice() {
        FabricSpec ndr = CATALOG.fabric("IB NDR");
        var copied = new FabricSpec(
                "copied",
                ndr.kind(),
                ndr.latencySeconds(),
                ndr.achievedFraction(),
                1,
                true,
                false,
                ndr.layout(),
                ndr.provenance());
        double bytes = 16.0 * (1L << 30);
        var shape = new GroupShape(8, 4, 1);
        var ring = NcclOptions.automatic().only(NcclAlgorithm.RING);
        var node = CATALOG.node("DGX H100");
        double seconds = NcclModel.on(new ClusterSpec(node, 4, copied), CATALOG, ring)
                .time(Collective.ALL_REDUCE, bytes, shape)
                .seconds();
        double bus = Collective.ALL_REDUCE.busFactor(32) * bytes / seconds;
        assertThat(bus).isCloseTo(8 * 31.5e9 * ndr.achievedFraction(), withinPercentage(1));
    }

    /** 64 of the 72 GPUs of a rack exchange over NVLink: no port limits them. */
    @Test
    void ranksOfOneRackStayInItsScaleUpDomain() {
        var trays = new ClusterSpec(CATALOG.node("GB200 NVL72 tray"), 18, CATALOG.fabric("IB NDR"));
        CollectiveTime inRack = NcclModel.on(trays).time(Collective.ALL_TO_ALL, 1e9, GroupShape.withinNode(64));
        assertThat(1e9 * 63 / 64 / inRack.seconds()).isGreaterThan(0.7 * 900e9);
    }

    /** 18 steps of a tenth of the buffer, at the rate of the two ports of the second node. */
    @Test
    void tenRanksOnEightAndTwoGpusExchangeOverTwoPorts() {
        GroupShape shape = new GroupShape(10, 2, 8, 2, 1);
        double net = 2 * 0.96 * 25e9;
        CollectiveTime ring = a100.with(
                        NcclOptions.automatic().only(NcclAlgorithm.RING).only(NcclProtocol.SIMPLE))
                .time(Collective.ALL_REDUCE, GIB, shape);

        assertThat(ring.seconds() - ring.latencySeconds()).isCloseTo(18.0 / 10 * GIB / net, within(1e-9));
        CollectiveTime messages = a100.time(Collective.ALL_TO_ALL, GIB, shape);
        assertThat(messages.seconds() - messages.latencySeconds())
                .isCloseTo(2 * 8 * GIB / 10 / net, withinPercentage(0.001));
    }

    /** One rank, two full nodes and one rank, four such groups on the ports: the full nodes send 80 messages, the others 17. */
    @Test
    void theNodeThatSendsMostDecidesWherePortsAreShared() {
        GroupShape shape = new GroupShape(18, 4, 8, 1, 64);
        double ports = 8 * 0.96 * 25e9 / 64;
        CollectiveTime time = a100.time(Collective.ALL_TO_ALL, GIB, shape);

        assertThat(time.seconds() - time.latencySeconds()).isCloseTo(80 * GIB / 18 / ports, withinPercentage(0.001));
    }

    @Test
    void ranksLieOnNodesAsTheShapeSays() {
        Random random = new Random(20261130);
        for (int i = 0; i < 2000; i++) {
            int most = 1 + random.nextInt(8);
            int fewest = 1 + random.nextInt(most);
            int nodes = 2 + random.nextInt(6);
            int ranks = most + (nodes - 1) * fewest + random.nextInt(1 + (nodes - 2) * (most - fewest));
            GroupShape shape = new GroupShape(ranks, nodes, most, fewest, 1);
            int sum = 0;
            for (int node = 0; node < nodes; node++) {
                assertThat(shape.ranksOn(node)).isBetween(fewest, most);
                sum += shape.ranksOn(node);
            }
            assertThat(sum).isEqualTo(ranks);
        }
        assertThatThrownBy(() -> new GroupShape(10, 2, 8, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("10 ranks do not lie on 2 nodes with at most 8 and at least 1 on each");
    }

    @Test
    void theLeastEstimateIsChosen() {
        Random random = new Random(20261122);
        for (int i = 0; i < 2000; i++) {
            NcclModel model = random.nextBoolean() ? a100 : h100;
            Collective operation = Collective.values()[random.nextInt(Collective.values().length)];
            GroupShape shape = new GroupShape(1 + random.nextInt(8), 1 + random.nextInt(64), 1 + random.nextInt(8));
            double bytes = Math.pow(2, 36 * random.nextDouble());
            if (shape.ranks() == 1) {
                continue;
            }
            AlgorithmTime least = model.candidates(operation, bytes, shape).stream()
                    .min(Comparator.comparingDouble(AlgorithmTime::estimateSeconds))
                    .orElseThrow();
            CollectiveTime time = model.time(operation, bytes, shape);
            assertThat(time.algorithm()).isEqualTo(least.algorithm().label());
            assertThat(time.protocol()).isEqualTo(least.protocol().label());
            assertThat(time.seconds()).isEqualTo(least.seconds()).isGreaterThanOrEqualTo(time.latencySeconds());
        }
    }

    /** Whatever the algorithm, the ports of a node must carry at least the data that has to cross them. */
    @Test
    void noCollectiveBeatsThePorts() {
        double bytes = 8 * GIB;
        for (int nodes = 2; nodes <= 64; nodes *= 2) {
            GroupShape shape = new GroupShape(8, nodes, 1);
            double crossing = (nodes - 1.0) / nodes * bytes;
            for (AlgorithmTime candidate : h100.candidates(Collective.ALL_REDUCE, bytes, shape)) {
                assertThat(candidate.seconds())
                        .as("%s on %d nodes", candidate, nodes)
                        .isGreaterThan(2 * crossing / 400e9 * 0.999);
            }
        }
    }
}
