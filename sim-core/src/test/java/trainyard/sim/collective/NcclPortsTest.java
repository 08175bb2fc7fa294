package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static trainyard.sim.collective.DgxClusters.A100;
import static trainyard.sim.collective.DgxClusters.CATALOG;
import static trainyard.sim.collective.DgxClusters.GIB;
import static trainyard.sim.collective.DgxClusters.H100;

import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;

/** What the network ports of a node leave to its ranks. */
class NcclPortsTest {

    /** Eight data-parallel groups, one rank of each on every node, share eight ports: a port of 0.96 x 25 GB/s each. */
    @Test
    void concurrentGroupsShareThePortsOfANode() {
        double bytes = 4 * GIB;
        int nodes = 64;
        double alone = A100.with(NcclOptions.automatic().only(NcclAlgorithm.RING))
                .time(Collective.ALL_REDUCE, bytes, new GroupShape(1, nodes, 8))
                .seconds();
        double wire = Collective.ALL_REDUCE.busFactor(nodes) * bytes / (0.96 * 25e9);
        assertThat(alone).isGreaterThan(wire).isCloseTo(wire, within(0.02 * wire));
    }

    @Test
    void allToAllIsLimitedByThePorts() {
        double bytes = GIB;
        CollectiveTime time = A100.time(Collective.ALL_TO_ALL, bytes, new GroupShape(8, 4, 1));
        double wire = 8 * 24.0 / 32 * bytes / (0.96 * 200e9);
        assertThat(time.seconds() - time.latencySeconds()).isCloseTo(wire, within(1e-9));
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
        CollectiveTime ring = A100.with(
                        NcclOptions.automatic().only(NcclAlgorithm.RING).only(NcclProtocol.SIMPLE))
                .time(Collective.ALL_REDUCE, GIB, shape);

        assertThat(ring.seconds() - ring.latencySeconds()).isCloseTo(18.0 / 10 * GIB / net, within(1e-9));
        CollectiveTime messages = A100.time(Collective.ALL_TO_ALL, GIB, shape);
        assertThat(messages.seconds() - messages.latencySeconds())
                .isCloseTo(2 * 8 * GIB / 10 / net, withinPercentage(0.001));
    }

    /** One rank, two full nodes and one rank, four such groups on the ports: the full nodes send 80 messages, the others 17. */
    @Test
    void theNodeThatSendsMostDecidesWherePortsAreShared() {
        GroupShape shape = new GroupShape(18, 4, 8, 1, 64);
        double ports = 8 * 0.96 * 25e9 / 64;
        CollectiveTime time = A100.time(Collective.ALL_TO_ALL, GIB, shape);

        assertThat(time.seconds() - time.latencySeconds()).isCloseTo(80 * GIB / 18 / ports, withinPercentage(0.001));
    }

    /** Whatever the algorithm, the ports of a node must carry at least the data that has to cross them. */
    @Test
    void noCollectiveBeatsThePorts() {
        double bytes = 8 * GIB;
        for (int nodes = 2; nodes <= 64; nodes *= 2) {
            GroupShape shape = new GroupShape(8, nodes, 1);
            double crossing = (nodes - 1.0) / nodes * bytes;
            for (AlgorithmTime candidate : H100.candidates(Collective.ALL_REDUCE, bytes, shape)) {
                assertThat(candidate.seconds())
                        .as("%s on %d nodes", candidate, nodes)
                        .isGreaterThan(2 * crossing / 400e9 * 0.999);
            }
        }
    }
}
