package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.sim.collective.DgxClusters.A100;
import static trainyard.sim.collective.DgxClusters.CATALOG;
import static trainyard.sim.collective.DgxClusters.GIB;
import static trainyard.sim.collective.DgxClusters.H100;
import static trainyard.sim.collective.DgxClusters.MIB;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;

class NcclModelTest {

    /** tuning.cc, ncclTopoGetAlgoTime: the plateau of Simple rings between nodes is that of all-reduces alone. */
    @Test
    void aGatherOverNodesTakesItsStepsAndNoMore() {
        NcclModel simple =
                A100.with(NcclOptions.automatic().only(NcclAlgorithm.RING).only(NcclProtocol.SIMPLE));
        GroupShape group = new GroupShape(8, 4, 1);
        double steps = 28 * 3.4e-6 + 3 * 14e-6;

        for (Collective half : List.of(Collective.ALL_GATHER, Collective.REDUCE_SCATTER)) {
            assertThat(simple.time(half, GIB, group).latencySeconds()).isCloseTo(8.4e-6 + steps, within(1e-12));
        }
        assertThat(simple.time(Collective.ALL_REDUCE, GIB, group).latencySeconds())
                .isCloseTo(1.4 * (8.4e-6 + 2 * steps), within(1e-12));
    }

    @Test
    void smallMessagesTakeAProtocolOfLowLatency() {
        assertThat(A100.time(Collective.ALL_REDUCE, 1024, GroupShape.withinNode(8))
                        .protocol())
                .isEqualTo("LL");
        assertThat(H100.time(Collective.ALL_REDUCE, 1024, new GroupShape(8, 64, 1))
                        .algorithm())
                .isEqualTo("tree");
    }

    @Test
    void aGroupOfOneRankCostsNothing() {
        assertThat(A100.time(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(1))
                        .seconds())
                .isZero();
        assertThat(A100.candidates(Collective.ALL_REDUCE, GIB, GroupShape.withinNode(1)))
                .isEmpty();
    }

    /** Time never falls when a message grows by a quarter or more, whatever the switch points. */
    @Test
    void timeGrowsWithSize() {
        for (NcclModel model : new NcclModel[] {A100, H100}) {
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
        assertThatThrownBy(() -> A100.time(Collective.ALL_REDUCE, -1, GroupShape.withinNode(8)))
                .hasMessageContaining("bytes must not be negative");
        assertThatThrownBy(() -> A100.time(Collective.ALL_REDUCE, 1, GroupShape.withinNode(9)))
                .hasMessageContaining("a group has 9 ranks on a node, but DGX A100 has 8 GPUs");
        NcclModel nvls = A100.with(NcclOptions.automatic().only(NcclAlgorithm.NVLS));
        assertThatThrownBy(() -> nvls.time(Collective.ALL_REDUCE, 1, GroupShape.withinNode(8)))
                .hasMessage(
                        "none of the allowed algorithms [NVLS] and protocols [LL, LL128, SIMPLE] can do ALL_REDUCE among 8"
                                + " ranks on 1 nodes of DGX A100");
    }

    @Test
    void theLeastEstimateIsChosen() {
        Random random = new Random(20261122);
        for (int i = 0; i < 2000; i++) {
            NcclModel model = random.nextBoolean() ? A100 : H100;
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
}
