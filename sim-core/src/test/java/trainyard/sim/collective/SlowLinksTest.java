package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** The part of a collective's time that grows with its size is divided by what is left of the slowest link it crosses. */
class SlowLinksTest {

    private static final double BYTES = 4e9;
    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private final NcclModel model = NcclModel.on(
                    new ClusterSpec(CATALOG.node("DGX A100"), 16, CATALOG.fabric("IB HDR")))
            .with(NcclOptions.automatic().only(NcclAlgorithm.RING));
    private final GroupShape acrossNodes = new GroupShape(8, 16, 1);

    private double transfer(CollectiveModel of, Collective operation, GroupShape group) {
        CollectiveTime time = of.time(operation, BYTES, group);
        return time.seconds() - time.latencySeconds();
    }

    @Test
    void aRingRunsAtThePaceOfItsSlowestPort() {
        double healthy = transfer(model, Collective.ALL_REDUCE, acrossNodes);
        double slow = transfer(model.slowedTo(new LinkShares(1, 0.25, 1)), Collective.ALL_REDUCE, acrossNodes);
        assertThat(slow / healthy).isCloseTo(4, within(1e-9));
    }

    @Test
    void insideANodeTheScaleUpLinksDecide() {
        GroupShape node = GroupShape.withinNode(8);
        double healthy = transfer(model, Collective.ALL_REDUCE, node);
        assertThat(transfer(model.slowedTo(new LinkShares(0.5, 1, 1)), Collective.ALL_REDUCE, node) / healthy)
                .isCloseTo(2, within(1e-9));
        assertThat(transfer(model.slowedTo(new LinkShares(1, 0.5, 1)), Collective.ALL_REDUCE, node))
                .isEqualTo(healthy);
    }

    /** Four nodes of eight ports share a leaf of 64: a ring leaves it with the traffic of one of them. */
    @Test
    void aRingNeedsOneNodesShareOfTheUplinks() {
        double healthy = transfer(model, Collective.ALL_REDUCE, acrossNodes);
        assertThat(transfer(model.slowedTo(new LinkShares(1, 1, 0.25)), Collective.ALL_REDUCE, acrossNodes))
                .isCloseTo(healthy, within(1e-12));
        assertThat(transfer(model.slowedTo(new LinkShares(1, 1, 0.125)), Collective.ALL_REDUCE, acrossNodes) / healthy)
                .isCloseTo(2, within(1e-9));
    }

    @Test
    void anAllToAllNeedsAllUplinks() {
        NcclModel free = NcclModel.on(new ClusterSpec(CATALOG.node("DGX A100"), 16, CATALOG.fabric("IB HDR")));
        double healthy = transfer(free, Collective.ALL_TO_ALL, acrossNodes);
        double slow = transfer(free.slowedTo(new LinkShares(1, 1, 0.5)), Collective.ALL_TO_ALL, acrossNodes);
        assertThat(slow / healthy).isCloseTo(2, within(1e-9));
    }

    @Test
    void aShareLiesAboveZero() {
        assertThatThrownBy(() -> new LinkShares(1, 0, 1)).hasMessageContaining("ports must lie in (0, 1]");
    }
}
