package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.sim.collective.DgxClusters.A100;
import static trainyard.sim.collective.DgxClusters.CATALOG;
import static trainyard.sim.collective.DgxClusters.GIB;

import org.junit.jupiter.api.Test;

/** Exchanges in which pairs of ranks send to each other: what crosses nodes is what one node less does not take. */
class PairwiseExchangesTest {

    /** Two halvings and two doublings among four nodes, 14 us each; 2 x 3/4 of the buffer over the ports of a node. */
    @Test
    void halvingAndDoublingAcrossNodesTakesTwoStepsForEachPowerOfTwo() {
        NcclModel halving = A100.with(
                NcclOptions.automatic().only(NcclAlgorithm.HALVING_DOUBLING).only(NcclProtocol.SIMPLE));
        CollectiveTime one = halving.time(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(8));
        CollectiveTime four = halving.time(Collective.ALL_REDUCE, GIB, new GroupShape(8, 4, 1));

        assertThat(one.latencySeconds()).isCloseTo(8.4e-6 + 6 * 3.4e-6, within(1e-12));
        assertThat(four.latencySeconds() - one.latencySeconds()).isCloseTo(4 * 14e-6, within(1e-12));
        assertThat(four.seconds() - one.seconds()).isCloseTo(4 * 14e-6 + 1.5 * GIB / (0.96 * 200e9), within(1e-9));
    }

    /** What a rank has for itself stays where it is: seven eighths of what the whole message would take. */
    @Test
    void aRankSendsNothingToItself() {
        CollectiveTime all = A100.time(Collective.ALL_TO_ALL, GIB, GroupShape.withinNode(8));
        CollectiveTime message = A100.time(Collective.SEND_RECV, GIB, GroupShape.withinNode(8));

        assertThat(all.seconds() - all.latencySeconds())
                .isCloseTo(7.0 / 8 * (message.seconds() - message.latencySeconds()), within(1e-9));
    }

    /** With one rank a node all others are on other nodes; the eight ranks of a second node are as many latencies more. */
    @Test
    void everyRankOfAnotherNodeCostsALatency() {
        double network = CATALOG.fabric("IB HDR").latencySeconds();
        double two = allToAllLatency(new GroupShape(8, 2, 1)) - allToAllLatency(GroupShape.withinNode(8));

        assertThat(allToAllLatency(new GroupShape(1, 4, 8))).isCloseTo(8.4e-6 + 3 * network, within(1e-12));
        assertThat(two).isCloseTo(8 * network, within(1e-12));
    }

    private static double allToAllLatency(GroupShape shape) {
        return A100.time(Collective.ALL_TO_ALL, GIB, shape).latencySeconds();
    }
}
