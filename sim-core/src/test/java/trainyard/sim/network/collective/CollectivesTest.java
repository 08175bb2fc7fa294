package trainyard.sim.network.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static trainyard.sim.topology.TestClusters.NIC_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.SCALE_UP_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.cluster;
import static trainyard.sim.topology.TestClusters.dgx;
import static trainyard.sim.topology.TestClusters.hosts;
import static trainyard.sim.topology.TestClusters.node;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.sim.collective.AlphaBeta;
import trainyard.sim.collective.Collective;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.TestClusters;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.TopologyOptions;

/** Event form against the alpha-beta closed forms, on one switch: 25 GB/s and 3 us between any two hosts. */
class CollectivesTest {

    private static final double ALPHA = 3e-6;
    private static final double INSIDE_ALPHA = 0.6e-6;
    private static final double INSIDE_BYTES_PER_SECOND = 0.8 * SCALE_UP_BYTES_PER_SECOND;

    private static FlowNetwork network(ClusterSpec cluster) {
        return new FlowNetwork(new Simulation(), new LinkState(Topology.build(cluster)));
    }

    private static int[] all(int ranks) {
        return IntStream.range(0, ranks).toArray();
    }

    private static long nanos(CollectiveAlgorithm algorithm, Collective operation, double bytes, int ranks) {
        var network = network(hosts(ranks, Kind.SINGLE_SWITCH, 1));
        long nanos = CollectiveRun.nanos(network, algorithm, operation, bytes, all(ranks));
        assertThat(network.isIdle()).isTrue();
        return nanos;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 37, 128})
    void ringIsWithinANanosecondPerStepOfItsClosedForm(int ranks) {
        for (double bytes : new double[] {0, 1, 1e6, 123_456_789, 1L << 30}) {
            double closed = 1e9 * AlphaBeta.ringAllReduce(ranks, bytes, ALPHA, NIC_BYTES_PER_SECOND);
            int steps = 2 * (ranks - 1);
            assertThat((double) nanos(new Ring(), Collective.ALL_REDUCE, bytes, ranks))
                    .isBetween(closed - 1e-3, closed + steps);
            double half = 1e9 * AlphaBeta.ringAllGather(ranks, bytes, ALPHA, NIC_BYTES_PER_SECOND);
            assertThat((double) nanos(new Ring(), Collective.ALL_GATHER, bytes, ranks))
                    .isBetween(half - 1e-3, half + ranks - 1);
            assertThat(nanos(new Ring(), Collective.REDUCE_SCATTER, bytes, ranks))
                    .isEqualTo(nanos(new Ring(), Collective.ALL_GATHER, bytes, ranks));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 25})
    void pairwiseAllToAllIsWithinANanosecondPerStepOfItsClosedForm(int ranks) {
        double closed = 1e9 * AlphaBeta.allToAll(ranks, 1e7, ALPHA, NIC_BYTES_PER_SECOND);
        assertThat((double) nanos(new PairwiseAllToAll(), Collective.ALL_TO_ALL, 1e7, ranks))
                .isBetween(closed - 1e-3, closed + ranks - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16})
    void chainBroadcastFollowsItsClosedForm(int ranks) {
        double closed = 1e9 * AlphaBeta.chainBroadcast(ranks, 8e6, 20, ALPHA, NIC_BYTES_PER_SECOND);
        assertThat((double) nanos(new ChainBroadcast(4e5), Collective.BROADCAST, 8e6, ranks))
                .isBetween(closed - 1e-3, closed + ranks + 20);
    }

    @Test
    void sendRecvIsAlphaPlusSizeOverBandwidth() {
        assertThat(nanos(new SendRecv(), Collective.SEND_RECV, 25e6, 2)).isEqualTo(1_003_000);
    }

    /** The limit of small chunks is 2 ceil(log2 n) alpha + 2 S / B; filling the pipe adds a few chunks per level. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 16, 33})
    void doubleBinaryTreeApproachesTwiceTheBufferOverTheBandwidth(int ranks) {
        double chunk = 1e5;
        double bytes = 1e8;
        double least = 2 * (ranks - 1.0) / ranks * bytes / NIC_BYTES_PER_SECOND;
        double limit = AlphaBeta.doubleTreeAllReduce(ranks, bytes, ALPHA, NIC_BYTES_PER_SECOND);
        double seconds = 1e-9 * nanos(new DoubleBinaryTree(chunk), Collective.ALL_REDUCE, bytes, ranks);
        assertThat(seconds).isBetween(least, 1.2 * limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 8, 31, 64, 100})
    void complementaryTreesSpanTheRanksAndShareNoInnerRank(int ranks) {
        var first = BinaryTree.inOrder(ranks);
        var second = BinaryTree.complement(ranks);
        int innerInBoth = 0;
        for (int rank = 0; rank < ranks; rank++) {
            assertThat(depth(first, rank)).isLessThanOrEqualTo(32 - Integer.numberOfLeadingZeros(ranks - 1));
            assertThat(depth(second, rank)).isLessThanOrEqualTo(32 - Integer.numberOfLeadingZeros(ranks - 1));
            assertThat(first.children(rank)).hasSizeLessThanOrEqualTo(2);
            if (first.children(rank).length == 2 && second.children(rank).length == 2) {
                innerInBoth++;
            }
        }
        assertThat(innerInBoth).isZero();
    }

    private static int depth(BinaryTree tree, int rank) {
        int depth = 0;
        for (int at = rank; at != tree.root(); at = tree.parent(at)) {
            depth++;
            assertThat(depth).isLessThanOrEqualTo(tree.ranks());
        }
        return depth;
    }

    @Test
    void hierarchicalIsTheSumOfItsStagesWhenAllRanksKeepStep() {
        var network = network(dgx(4, Kind.SINGLE_SWITCH, 1));
        double bytes = 1 << 28;
        double closed = 1e9
                * AlphaBeta.hierarchicalAllReduce(
                        8,
                        4,
                        bytes,
                        new AlphaBeta.Link(INSIDE_ALPHA, INSIDE_BYTES_PER_SECOND),
                        new AlphaBeta.Link(ALPHA, NIC_BYTES_PER_SECOND));
        long nanos = CollectiveRun.nanos(network, new Hierarchical(), Collective.ALL_REDUCE, bytes, all(32));
        assertThat((double) nanos).isBetween(closed - 1e-3, closed + 7 + 6 + 7);
    }

    @Test
    void nvlsMovesTheBufferOnceAndAShareOfIt() {
        ClusterSpec hopper = hopper(1);
        double bytes = 8e8;
        double closed = 1e9 * AlphaBeta.nvlsAllReduce(8, bytes, INSIDE_ALPHA, INSIDE_BYTES_PER_SECOND);
        long nanos = CollectiveRun.nanos(network(hopper), new Nvls(), Collective.ALL_REDUCE, bytes, all(8));
        assertThat((double) nanos).isCloseTo(closed, offset(1.0));
        assertThat(new Nvls().supports(Collective.ALL_REDUCE, network(dgx(1, Kind.SINGLE_SWITCH, 1)), all(8)))
                .as("Ampere has no in-switch reduction")
                .isFalse();
    }

    private static ClusterSpec hopper(int nodes) {
        var ampere = node(ScaleUp.NVSWITCH, 8, 8);
        var gpu = ampere.gpu();
        var hopper = new GpuSpec(
                "test Hopper",
                Architecture.HOPPER,
                gpu.smCount(),
                gpu.peakFlopsPerSecond(),
                gpu.memoryBytes(),
                gpu.memoryBytesPerSecond(),
                gpu.l2Bytes(),
                gpu.scaleUpLink(),
                gpu.scaleUpBytesPerSecond(),
                gpu.tdpWatts(),
                gpu.idleWatts(),
                gpu.measuredGemmFlopsPerSecond(),
                gpu.sustainedGemmFlopsPerSecond(),
                gpu.provenance());
        var node = new NodeSpec("test Hopper node", hopper, 8, ScaleUp.NVSWITCH, 8, 25e9, 32e9, 0, 0, gpu.provenance());
        return cluster(node, nodes, Kind.SINGLE_SWITCH, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void foldedRingEndsAtTheNanosecondOfTheEvents(int nodes) {
        for (var kind : new Kind[] {Kind.SINGLE_SWITCH, Kind.FAT_TREE}) {
            var topology = Topology.build(dgx(nodes, kind, 2), TopologyOptions.DEFAULT.withSwitchRadix(8));
            var state = new LinkState(topology);
            state.setFactor(3, 0.37);
            for (var operation : new Collective[] {Collective.ALL_REDUCE, Collective.ALL_GATHER}) {
                OptionalLong folded = RingFold.nanos(state, operation, 3e7, all(8 * nodes));
                var network = new FlowNetwork(new Simulation(), state);
                assertThat(folded).hasValue(CollectiveRun.nanos(network, new Ring(), operation, 3e7, all(8 * nodes)));
            }
        }
    }

    /** Four GPUs behind one port: hops 0 to 4 and 1 to 5 leave node 0 through the same cable. */
    @Test
    void ringWhoseHopsShareALinkIsNotFolded() {
        var topology = Topology.build(cluster(node(ScaleUp.NVSWITCH, 4, 1), 2, Kind.SINGLE_SWITCH, 1));
        var state = new LinkState(topology);
        assertThat(RingFold.nanos(state, Collective.ALL_REDUCE, 1e6, new int[] {0, 4, 1, 5}))
                .isEmpty();
        assertThat(RingFold.nanos(state, Collective.ALL_REDUCE, 1e6, new int[] {0, 1, 4, 5}))
                .isPresent();
    }

    /** Two rings of two jobs over the same hosts: every link is shared by two, so both take twice the transfer time. */
    @Test
    void twoJobsOnTheSamePortsTakeTwiceTheTransferTime() {
        var network = network(hosts(8, Kind.SINGLE_SWITCH, 1));
        double bytes = 8e6;
        var first = CollectiveRun.start(network, new Ring(), Collective.ALL_REDUCE, bytes, all(8), () -> {});
        var second = CollectiveRun.start(network, new Ring(), Collective.ALL_REDUCE, bytes, all(8), () -> {});
        network.simulation().run();
        double closed = 1e9 * AlphaBeta.ringAllReduce(8, bytes, ALPHA, NIC_BYTES_PER_SECOND / 2);
        assertThat((double) first.nanos()).isCloseTo(closed, offset(14.0));
        assertThat(second.nanos()).isEqualTo(first.nanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 64})
    void halvingAndDoublingIsWithinANanosecondPerStepOfItsClosedForm(int ranks) {
        double closed = 1e9 * AlphaBeta.halvingDoublingAllReduce(ranks, 3e7, ALPHA, NIC_BYTES_PER_SECOND);
        int steps = 2 * Integer.numberOfTrailingZeros(ranks);
        assertThat((double) nanos(new HalvingDoubling(), Collective.ALL_REDUCE, 3e7, ranks))
                .isBetween(closed - 1e-3, closed + steps);
        assertThat(nanos(new HalvingDoubling(), Collective.REDUCE_SCATTER, 3e7, ranks))
                .isEqualTo(nanos(new HalvingDoubling(), Collective.ALL_GATHER, 3e7, ranks));
    }

    @Test
    void halvingNeedsAPowerOfTwo() {
        var network = network(hosts(6, Kind.SINGLE_SWITCH, 1));
        assertThat(new HalvingDoubling().supports(Collective.ALL_REDUCE, network, all(6)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 8, 37})
    void parallelAggregatedTreesAreWithinANanosecondPerStepOfTheirClosedForm(int ranks) {
        double closed = 1e9 * AlphaBeta.aggregatedTreesAllGather(ranks, 3e7, ALPHA, NIC_BYTES_PER_SECOND);
        var pat = new ParallelAggregatedTrees();
        assertThat((double) nanos(pat, Collective.ALL_GATHER, 3e7, ranks)).isBetween(closed - 1e-3, closed + 6);
        assertThat((double) nanos(pat, Collective.REDUCE_SCATTER, 3e7, ranks)).isBetween(closed - 1e-3, closed + 6);
    }

    /** Neighbours on a torus are one router link apart, of a sixth of a port. */
    @Test
    void torusRingIsTheSumOfItsDimensionsOnATorus() {
        List<Integer> sides = List.of(4, 3, 5);
        var torus = TestClusters.laidOut(hosts(60, Kind.TORUS, 1), FabricLayout.torus(sides));
        double alpha = ALPHA + TopologyOptions.DEFAULT.switchLatencySeconds();
        double closed = 1e9 * AlphaBeta.torusAllReduce(sides, 6e7, alpha, NIC_BYTES_PER_SECOND / 6);
        long nanos = CollectiveRun.nanos(network(torus), new TorusRing(sides), Collective.ALL_REDUCE, 6e7, all(60));
        assertThat((double) nanos).isBetween(closed - 1e-3, closed + 2 * (3 + 2 + 4));
    }

    /** Over two nodes each is the root of one tree and the leaf of the other: its port carries each byte once, not twice. */
    @Test
    void nvlsTreeIsTheSumOfItsStages() {
        ClusterSpec nodes = hopper(2);
        double bytes = 1 << 28;
        double closed = 1e9
                * AlphaBeta.nvlsTreeAllReduce(
                        8,
                        2,
                        bytes,
                        new AlphaBeta.Link(INSIDE_ALPHA, INSIDE_BYTES_PER_SECOND),
                        new AlphaBeta.Link(ALPHA, 2 * NIC_BYTES_PER_SECOND));
        long nanos = CollectiveRun.nanos(network(nodes), new NvlsTree(bytes), Collective.ALL_REDUCE, bytes, all(16));
        assertThat((double) nanos).isBetween(closed - 1e-3, closed + 6);
    }

    /** Each port carries its share once, whatever the nodes: 2 (a + 9/16 S / B) inside and a + S / (8 b) between. */
    @Test
    void collNetIsTheSumOfItsStages() {
        double bytes = 1 << 28;
        for (int count : new int[] {2, 4}) {
            ClusterSpec plain = hopper(count);
            ClusterSpec nodes =
                    new ClusterSpec(plain.node(), count, plain.fabric().reducing());
            double closed = 1e9
                    * (2 * (INSIDE_ALPHA + bytes * 9 / 16 / INSIDE_BYTES_PER_SECOND)
                            + ALPHA
                            + bytes / 8 / NIC_BYTES_PER_SECOND);
            long nanos = CollectiveRun.nanos(
                    network(nodes), NvlsTree.collNet(), Collective.ALL_REDUCE, bytes, all(8 * count));
            assertThat((double) nanos).isBetween(closed - 1e-3, closed + 6);
            assertThat(NvlsTree.collNet().supports(Collective.ALL_REDUCE, network(plain), all(8 * count)))
                    .isFalse();
        }
    }

    /** Nothing that a rank of an all-gather waits for passes through itself, so all of it may come before it starts. */
    @Test
    void ringRankThatStartsAfterItsLastMessageIsDoneAtOnce() {
        var network = network(hosts(4, Kind.SINGLE_SWITCH, 1));
        List<Integer> done = new ArrayList<>();
        RankProgram ring =
                new Ring().prepare(network, Collective.ALL_GATHER, 4e6, all(4), (now, rank) -> done.add(rank));
        for (int rank = 1; rank < 4; rank++) {
            ring.start(rank);
        }
        network.simulation().run();
        assertThat(done).isEmpty();
        ring.start(0);
        network.simulation().run();
        assertThat(done).containsExactly(0, 1, 2, 3);
    }

    @Test
    void unsupportedOperationIsRefusedByName() {
        var network = network(hosts(4, Kind.SINGLE_SWITCH, 1));
        assertThatThrownBy(() -> CollectiveRun.nanos(network, new Ring(), Collective.ALL_TO_ALL, 1, all(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ring cannot carry out ALL_TO_ALL among these 4 ranks");
    }
}
