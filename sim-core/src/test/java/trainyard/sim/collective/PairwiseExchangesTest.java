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

    /** The eight ranks of the other node are as many latencies of the network. */
    @Test
    void everyRankOfAnotherNodeCostsALatency() {
        double one =
                A100.time(Collective.ALL_TO_ALL, GIB, GroupShape.withinNode(8)).latencySeconds();
        double two =
                A100.time(Collective.ALL_TO_ALL, GIB, new GroupShape(8, 2, 1)).latencySeconds();

        assertThat(two - one).isCloseTo(8 * CATALOG.fabric("IB HDR").latencySeconds(), within(1e-12));
    }
}
