package trainyard.sim.network.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.sim.topology.TestClusters.NIC_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.SCALE_UP_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.cluster;
import static trainyard.sim.topology.TestClusters.dgx;
import static trainyard.sim.topology.TestClusters.hosts;
import static trainyard.sim.topology.TestClusters.node;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.sim.collective.AlphaBeta;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.hardware.ScaleUp;
import trainyard.sim.topology.TestClusters;

/** Exchanges as messages against the closed forms: equal while links are their own, longer when they are shared. */
class FlowCollectivesTest {

    private static final double ALPHA = 3e-6;
    private static final double INSIDE_ALPHA = 0.6e-6;
    private static final double INSIDE_BYTES_PER_SECOND = 0.8 * SCALE_UP_BYTES_PER_SECOND;

    private static double seconds(ClusterSpec cluster, Collective operation, double bytes, GroupShape group) {
        return FlowCollectives.on(cluster, Optional.empty())
                .time(operation, bytes, group)
                .seconds();
    }

    private static void assertClosedForm(double seconds, double closed, int steps) {
        assertThat(seconds).isBetween(closed - 1e-12, closed + steps * 1e-9 + 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16, 128})
    void equalsTheClosedFormsWhereNothingContends(int hosts) {
        ClusterSpec cluster = hosts(hosts, Kind.SINGLE_SWITCH, 1);
        GroupShape group = new GroupShape(1, hosts, 1);

        assertClosedForm(
                seconds(cluster, Collective.ALL_REDUCE, 1e8, group),
                AlphaBeta.ringAllReduce(hosts, 1e8, ALPHA, NIC_BYTES_PER_SECOND),
                2 * (hosts - 1));
        assertClosedForm(
                seconds(cluster, Collective.REDUCE_SCATTER, 1e8, group),
                AlphaBeta.ringAllGather(hosts, 1e8, ALPHA, NIC_BYTES_PER_SECOND),
                hosts - 1);
    }

    @Test
    void equalsTheClosedFormInsideANode() {
        assertClosedForm(
                seconds(dgx(1, Kind.FAT_TREE, 1), Collective.ALL_REDUCE, 1e9, GroupShape.withinNode(8)),
                AlphaBeta.ringAllReduce(8, 1e9, INSIDE_ALPHA, INSIDE_BYTES_PER_SECOND),
                14);
    }

    /**
     * Sixteen hosts, eight to a leaf, 4:1. Two jobs of eight hosts on leaves of their own do not meet. Interleaved, every job
     * has four hosts on each leaf, its ring crosses twice, and each leaf has two uplinks for the two rings in each direction:
     * no more than their share is lost to whom shares one.
     */
    @Test
    void jobsMeetOnSharedUplinksOnly() {
        ClusterSpec cluster = leaves();
        GroupShape group = new GroupShape(1, 8, 1);
        double alone = shared(cluster, group, new FabricSharing(1, false));
        double packed = shared(cluster, group, new FabricSharing(2, false));
        double interleaved = shared(cluster, group, new FabricSharing(2, true));

        assertThat(packed).isEqualTo(alone);
        assertThat(interleaved).isBetween(alone, 2.01 * alone);
    }

    @Test
    void jobsNeedNodesOfTheirOwn() {
        assertThatThrownBy(() -> shared(leaves(), new GroupShape(1, 9, 1), new FabricSharing(2, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shared by 2 jobs");
    }

    private static ClusterSpec leaves() {
        return TestClusters.laidOut(hosts(16, Kind.FAT_TREE, 4), new FabricLayout(8, List.of(), 0, Optional.empty()));
    }

    private static double shared(ClusterSpec cluster, GroupShape group, FabricSharing sharing) {
        return FlowCollectives.on(cluster, Optional.empty(), sharing)
                .time(Collective.ALL_REDUCE, 1e8, group)
                .seconds();
    }

    /** Eight rings leave a node of eight ports from one GPU each, so a large buffer moves at the rate of all ports. */
    @Test
    void aGroupOverNodesUsesEveryPort() {
        double bytes = 8e9;
        double ports = 8 * NIC_BYTES_PER_SECOND;

        assertThat(seconds(dgx(4, Kind.SINGLE_SWITCH, 1), Collective.ALL_REDUCE, bytes, new GroupShape(8, 4, 1)))
                .isBetween(2 * 31.0 / 32 * bytes / ports, 1.05 * 2 * 31.0 / 32 * bytes / ports);
    }

    /**
     * Rings keep to the rails, whatever part of a node a group has: what the spines carry, here a quarter of the ports, does not
     * matter.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void ringsKeepToTheirRails(int ranksPerNode) {
        GroupShape group = new GroupShape(ranksPerNode, 8, 8 / ranksPerNode);
        double free = seconds(dgx(8, Kind.SINGLE_SWITCH, 1), Collective.ALL_REDUCE, 8e9, group);

        assertThat(seconds(dgx(8, Kind.RAIL_OPTIMISED, 4), Collective.ALL_REDUCE, 8e9, group))
                .isBetween(0.999 * free, 1.001 * free);
    }

    /** Two rings leave a node that holds two of the ten ranks. */
    @Test
    void aGroupThatLiesUnevenlyUsesThePortsOfTheNodeWithFewestRanks() {
        double bytes = 8e9;
        double ideal = 2 * 9.0 / 10 * bytes / (2 * NIC_BYTES_PER_SECOND);

        assertThat(seconds(dgx(2, Kind.SINGLE_SWITCH, 1), Collective.ALL_REDUCE, bytes, new GroupShape(10, 2, 8, 2, 3)))
                .isBetween(ideal, 1.05 * ideal);
    }

    /** Every pair of an all-to-all crosses the spine, which has a quarter of the capacity of the ports. */
    @Test
    void anOversubscribedTreeSlowsAnAllToAllThatTheClosedFormHoldsForFree() {
        GroupShape group = new GroupShape(1, 128, 1);
        double closed = AlphaBeta.allToAll(128, 1e8, ALPHA, NIC_BYTES_PER_SECOND);
        double full = seconds(hosts(128, Kind.SINGLE_SWITCH, 1), Collective.ALL_TO_ALL, 1e8, group);
        double thin = seconds(hosts(128, Kind.FAT_TREE, 4), Collective.ALL_TO_ALL, 1e8, group);

        assertClosedForm(full, closed, 127);
        assertThat(thin).isGreaterThan(1.5 * closed);
    }

    @Test
    void groupsOnTheSamePortsShareThem() {
        GroupShape alone = new GroupShape(1, 4, 1);
        GroupShape eight = new GroupShape(1, 4, 8);
        ClusterSpec onePort = cluster(node(ScaleUp.NVSWITCH, 8, 1), 4, Kind.SINGLE_SWITCH, 1);

        assertThat(seconds(onePort, Collective.ALL_REDUCE, 1e9, eight))
                .isGreaterThan(7.5 * seconds(onePort, Collective.ALL_REDUCE, 1e9, alone));
        assertThat(seconds(dgx(4, Kind.SINGLE_SWITCH, 1), Collective.ALL_REDUCE, 1e9, eight))
                .isEqualTo(seconds(dgx(4, Kind.SINGLE_SWITCH, 1), Collective.ALL_REDUCE, 1e9, alone));
    }

    @Test
    void takesTheAlgorithmThatIsAskedFor() {
        FlowCollectives trees = FlowCollectives.on(hosts(16, Kind.SINGLE_SWITCH, 1), Optional.of(NcclAlgorithm.TREE));

        assertThat(trees.time(Collective.ALL_REDUCE, 1e6, new GroupShape(1, 16, 1))
                        .algorithm())
                .isEqualTo("double binary tree");
        assertThatThrownBy(() -> trees.time(Collective.ALL_TO_ALL, 1e6, new GroupShape(1, 16, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot carry out ALL_TO_ALL");
        assertThatThrownBy(() -> trees.time(Collective.ALL_REDUCE, 1e6, new GroupShape(1, 17, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not fit into 16 GPUs");
    }
}
