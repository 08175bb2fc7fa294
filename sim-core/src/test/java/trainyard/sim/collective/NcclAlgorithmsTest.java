package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.sim.collective.DgxClusters.A100;
import static trainyard.sim.collective.DgxClusters.CATALOG;
import static trainyard.sim.collective.DgxClusters.GIB;
import static trainyard.sim.collective.DgxClusters.H100;
import static trainyard.sim.collective.DgxClusters.MIB;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;

/** What each algorithm takes, as its steps and the rates of its links say. */
class NcclAlgorithmsTest {

    /** tuning.cc by hand: 8.4 us + 14 steps of 3.4 us, twice for two slices, + 2 * 7/8 S / (0.78 * 300 GB/s). */
    @Test
    void largeAllReduceOnOneA100NodeIsASimpleRing() {
        CollectiveTime time = A100.time(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(8));
        assertThat(time.algorithm()).isEqualTo("ring");
        assertThat(time.protocol()).isEqualTo("Simple");
        assertThat(time.latencySeconds()).isCloseTo(8.4e-6 + 14 * 3.4e-6, within(1e-12));
        assertThat(time.seconds()).isCloseTo(8.4e-6 + 28 * 3.4e-6 + 1.75 * GIB / 234e9, within(1e-9));
    }

    /** Bus bandwidth of 1.07 x 450 GB/s for large messages (interconnects.csv), which the chunk cost is derived from. */
    @Test
    void hopperReducesInTheSwitch() {
        CollectiveTime time = H100.time(Collective.ALL_REDUCE, 16 * GIB, GroupShape.withinNode(8));
        assertThat(time.algorithm()).isEqualTo("nvls");
        double bus = Collective.ALL_REDUCE.busFactor(8) * 16 * GIB / time.seconds();
        assertThat(bus).isCloseTo(1.07 * 450e9, within(0.005 * 480e9));
        assertThat(H100.time(Collective.ALL_REDUCE, 16 * GIB, GroupShape.withinNode(4))
                        .algorithm())
                .isEqualTo("ring");
        NcclModel off = H100.with(NcclOptions.automatic().withoutNvls());
        assertThat(off.time(Collective.ALL_REDUCE, 16 * GIB, GroupShape.withinNode(8))
                        .algorithm())
                .isEqualTo("ring");
    }

    /** 25 us + 2 log2(512) (20.9 us + 64 KiB * 16 * 8 / (0.96 * 400 GB/s)) + 2 S / (0.96 * 400 GB/s). */
    @Test
    void nvlsTreePassesOneChunkPerHop() {
        double bytes = GIB;
        double net = 0.96 * 400e9;
        double hop = 64 * 1024 * 16 * 8 / net;
        CollectiveTime time = H100.with(NcclOptions.automatic().only(NcclAlgorithm.NVLS_TREE))
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
        CollectiveTime time = A100.with(NcclOptions.automatic().only(NcclAlgorithm.PAT))
                .time(Collective.ALL_GATHER, MIB, new GroupShape(1, 64, 8));
        double latency = 8e-6 + 6 * 14e-6 / 3.5 + 64 * 2.8e-6;
        assertThat(time.seconds()).isCloseTo(latency + 63.0 / 64 * MIB / (0.75 * 0.96 * 25e9), within(1e-12));
    }

    /** As many steps as ranks, each twice for two slices, and every byte once: no factor of the ranks. */
    @Test
    void aBroadcastPassesTheBufferOnOnce() {
        CollectiveTime time = A100.time(Collective.BROADCAST, GIB, GroupShape.withinNode(8));

        assertThat(time.latencySeconds()).isCloseTo(8.4e-6 + 8 * 3.4e-6, within(1e-12));
        assertThat(time.seconds()).isCloseTo(8.4e-6 + 16 * 3.4e-6 + GIB / 234e9, within(1e-9));
    }

    /** One rank a node, each with half a port: LL carries half of 12 GB/s, LL128 0.92 of it. */
    @Test
    void protocolsOfLowLatencyCarryLessData() {
        GroupShape shape = new GroupShape(1, 64, 16);
        double wire = Collective.ALL_REDUCE.busFactor(64) * GIB / (0.96 * 12.5e9);

        assertThat(dataSeconds(NcclProtocol.SIMPLE, shape)).isCloseTo(wire, within(1e-9));
        assertThat(dataSeconds(NcclProtocol.LL, shape)).isCloseTo(wire / 0.5, within(1e-9));
        assertThat(dataSeconds(NcclProtocol.LL128, shape)).isCloseTo(wire / 0.92, within(1e-9));
    }

    private static double dataSeconds(NcclProtocol protocol, GroupShape shape) {
        NcclOptions only = NcclOptions.automatic().only(NcclAlgorithm.RING).only(protocol);
        CollectiveTime time = A100.with(only).time(Collective.ALL_REDUCE, GIB, shape);
        return time.seconds() - time.latencySeconds();
    }

    /** tuning.cc, ncclTopoGetAlgoTime: 1.9 on Volta and 1.4 later, from 64 bytes on for each rank and channel. */
    @Test
    void simpleRingsBetweenNodesHaveAPlateauFromSmallChunksOn() {
        NcclOptions simple = NcclOptions.automatic().only(NcclAlgorithm.RING).only(NcclProtocol.SIMPLE);
        GroupShape shape = new GroupShape(8, 2, 1);
        for (String machine : List.of("DGX-1 V100", "DGX A100")) {
            NcclModel rings = NcclModel.on(new ClusterSpec(CATALOG.node(machine), 2, CATALOG.fabric("IB HDR")))
                    .with(simple);
            double base = 8.4e-6;
            double gather = rings.time(Collective.ALL_GATHER, MIB, shape).latencySeconds() - base;
            double tiny = rings.time(Collective.ALL_REDUCE, 16, shape).latencySeconds();
            double reduce = rings.time(Collective.ALL_REDUCE, MIB, shape).latencySeconds();

            assertThat(tiny).isCloseTo(base + 2 * gather, within(1e-12));
            assertThat(reduce / tiny).isCloseTo(machine.contains("V100") ? 1.9 : 1.4, within(1e-9));
        }
    }
}
