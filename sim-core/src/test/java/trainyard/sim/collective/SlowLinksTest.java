package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec;
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

    /** A node sends to 15 others, to 12 of them over uplinks: 0.8 of what healthy uplinks carry. */
    @Test
    void anAllToAllSendsOverUplinksToNodesOfOtherLeaves() {
        NcclModel free = model.with(NcclOptions.automatic());
        double healthy = transfer(free, Collective.ALL_TO_ALL, acrossNodes);
        double slow = transfer(free.slowedTo(new LinkShares(1, 1, 0.5)), Collective.ALL_TO_ALL, acrossNodes);
        assertThat(slow / healthy).isCloseTo(0.8 / 0.5, within(1e-9));
    }

    private static NcclModel oversubscribed(double oversubscription) {
        FabricSpec hdr = CATALOG.fabric("IB HDR");
        FabricSpec thin = new FabricSpec(
                "thin", hdr.kind(), hdr.latencySeconds(), hdr.achievedFraction(), oversubscription, hdr.provenance());
        return NcclModel.on(new ClusterSpec(CATALOG.node("DGX A100"), 64, thin));
    }

    /** At 8 : 1 a leaf of 64 ports has 56 for nodes, seven of eight ports each. */
    @Test
    void aGroupOnOneLeafUsesNoUplinks() {
        NcclModel thin = oversubscribed(8);
        NcclModel slow = thin.slowedTo(new LinkShares(1, 1, 0.1));
        for (Collective operation : List.of(Collective.ALL_REDUCE, Collective.ALL_TO_ALL)) {
            for (int nodes = 2; nodes <= 8; nodes++) {
                GroupShape group = new GroupShape(8, nodes, 1);
                double healthy = transfer(thin, operation, group);
                if (nodes <= 7) {
                    assertThat(transfer(slow, operation, group)).isEqualTo(healthy);
                    assertThat(healthy).isEqualTo(transfer(oversubscribed(1), operation, group));
                } else {
                    assertThat(transfer(slow, operation, group)).isGreaterThan(1.5 * healthy);
                }
            }
        }
    }

    /** Whatever the oversubscription, a little less of the uplinks costs a little: a thousandth at most. */
    @Test
    void slightlySlowUplinksSlowSlightly() {
        for (double oversubscription : new double[] {1, 2, 4, 8, 16}) {
            NcclModel thin = oversubscribed(oversubscription);
            for (Collective operation : Collective.values()) {
                for (int nodes : new int[] {2, 3, 8, 32, 64}) {
                    GroupShape group = new GroupShape(operation == Collective.SEND_RECV ? 1 : 8, nodes, 1);
                    assertThat(transfer(thin.slowedTo(new LinkShares(1, 1, 0.999)), operation, group))
                            .as("%s on %d nodes at %s : 1", operation, nodes, oversubscription)
                            .isBetween(
                                    transfer(thin, operation, group),
                                    transfer(thin, operation, group) / 0.999 * (1 + 1e-9));
                }
            }
        }
    }

    /** Sixteen nodes at 4 : 1, six on a leaf: a node sends to ten of 15 others over uplinks, 8/3 of what ports take. */
    @Test
    void anAllToAllWaitsForPortsOrUplinks() {
        NcclModel thin = oversubscribed(4);
        double healthy = transfer(thin, Collective.ALL_TO_ALL, acrossNodes);
        assertThat(healthy / transfer(oversubscribed(1), Collective.ALL_TO_ALL, acrossNodes))
                .isCloseTo(4 * 10 / 15.0, within(1e-9));
        assertThat(transfer(thin.slowedTo(new LinkShares(1, 0.5, 1)), Collective.ALL_TO_ALL, acrossNodes))
                .isCloseTo(healthy, within(1e-12));
        assertThat(transfer(thin.slowedTo(new LinkShares(1, 0.25, 1)), Collective.ALL_TO_ALL, acrossNodes) / healthy)
                .isCloseTo(4 / (8 / 3.0), within(1e-9));
    }

    /** Eighteen trays of a rack count as one node: a leaf for 18 trays has one, whose traffic its uplinks all carry. */
    @Test
    void leavesCountScaleUpDomains() {
        FabricSpec ndr = CATALOG.fabric("IB NDR");
        var layout = new FabricLayout(18, List.of(), 0, Optional.empty());
        NcclModel racks = NcclModel.on(new ClusterSpec(CATALOG.node("GB200 NVL72 tray"), 72, ndr.with(layout)));
        GroupShape onePortEach = new GroupShape(1, 4, 72);
        double healthy = transfer(racks, Collective.ALL_REDUCE, onePortEach);
        double slow = transfer(racks.slowedTo(new LinkShares(1, 1, 0.5)), Collective.ALL_REDUCE, onePortEach);
        assertThat(slow / healthy).isCloseTo(2, within(1e-9));
    }

    @Test
    void aShareLiesAboveZero() {
        assertThatThrownBy(() -> new LinkShares(1, 0, 1)).hasMessageContaining("ports must lie in (0, 1]");
    }
}
