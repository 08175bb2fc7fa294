package trainyard.sim.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.sim.topology.TestClusters.cluster;
import static trainyard.sim.topology.TestClusters.dgx;
import static trainyard.sim.topology.TestClusters.hosts;
import static trainyard.sim.topology.TestClusters.node;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jgrapht.alg.shortestpath.AllDirectedPaths;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricGraph;
import trainyard.sim.hardware.FabricGraph.Cable;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.hardware.ScaleUp;

class RoutingTest {

    private static final TopologyOptions SMALL_SWITCHES = TopologyOptions.DEFAULT.withSwitchRadix(8);

    static Stream<ClusterSpec> clusters() {
        return Stream.of(
                cluster(node(ScaleUp.PCIE, 8, 4), 1, Kind.SINGLE_SWITCH, 1),
                cluster(node(ScaleUp.PCIE, 4, 2), 5, Kind.SINGLE_SWITCH, 1),
                cluster(node(ScaleUp.NVLINK_MESH, 8, 4), 6, Kind.FAT_TREE, 1),
                cluster(node(ScaleUp.NVLINK_MESH, 4, 1), 9, Kind.FAT_TREE, 1),
                cluster(node(ScaleUp.FULL_MESH, 8, 8), 6, Kind.RAIL_OPTIMISED, 1),
                cluster(node(ScaleUp.NVSWITCH, 4, 16), 3, Kind.RAIL_OPTIMISED, 2),
                dgx(1, Kind.SINGLE_SWITCH, 1),
                dgx(12, Kind.FAT_TREE, 1),
                dgx(12, Kind.RAIL_OPTIMISED, 3),
                hosts(64, Kind.FAT_TREE, 1),
                hosts(90, Kind.FAT_TREE, 2),
                dgx(12, Kind.TORUS, 1),
                laidOut(hosts(60, Kind.TORUS, 1), FabricLayout.torus(List.of(5, 4, 3))),
                laidOut(hosts(32, Kind.TORUS, 1), FabricLayout.torus(List.of(2, 8, 2))),
                laidOut(hosts(37, Kind.TORUS, 1), FabricLayout.torus(List.of(1, 37))),
                dgx(12, Kind.DRAGONFLY, 1),
                hosts(6, Kind.DRAGONFLY, 1),
                hosts(70, Kind.DRAGONFLY, 1),
                laidOut(hosts(342, Kind.DRAGONFLY, 1), FabricLayout.dragonfly(3)),
                laidOut(dgx(6, Kind.SINGLE_SWITCH, 1), FabricLayout.graph(threeSwitches())),
                domains(9, 4),
                domains(4, 4));
    }

    private static ClusterSpec laidOut(ClusterSpec cluster, FabricLayout layout) {
        return TestClusters.laidOut(cluster, layout);
    }

    /** Three switches in a line, two nodes on each, with two cables between the first two. */
    private static FabricGraph threeSwitches() {
        return new FabricGraph(
                "line",
                List.of(
                        new Cable("node0", "a", 25e9, 1e-6),
                        new Cable("node1", "a", 25e9, 1e-6),
                        new Cable("node2", "b", 25e9, 1e-6),
                        new Cable("node3", "b", 25e9, 1e-6),
                        new Cable("node4", "c", 25e9, 1e-6),
                        new Cable("node5", "c", 25e9, 1e-6),
                        new Cable("a", "b", 200e9, 1e-6),
                        new Cable("a", "b", 200e9, 1e-6),
                        new Cable("b", "c", 200e9, 1e-6)));
    }

    private static ClusterSpec domains(int nodes, int nodesPerDomain) {
        return cluster(TestClusters.inDomains(node(ScaleUp.NVSWITCH, 4, 4), nodesPerDomain), nodes, Kind.FAT_TREE, 1);
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void routesComputedFromTheNumberingAreShortestPathsOfTheGraph(ClusterSpec cluster) {
        var topology = Topology.build(cluster, SMALL_SWITCHES);
        var router = new EcmpRouter(new LinkState(topology));
        var search = new DijkstraShortestPath<>(topology.graph());
        int[] route = new int[topology.mostRouteLinks()];
        for (int from = 0; from < topology.gpus(); from++) {
            var paths = search.getPaths(topology.gpuVertex(from));
            for (int to = 0; to < topology.gpus(); to++) {
                int count = router.route(from, to, 7, route);
                if (from != to) {
                    assertIsPath(topology, from, to, route, count);
                }
                assertThat(cost(topology, route, count))
                        .as("GPU %d to %d", from, to)
                        .isEqualTo(paths.getWeight(topology.gpuVertex(to)));
            }
        }
    }

    @Test
    void labelsReachEveryShortestPathThroughTheFabric() {
        var topology = Topology.build(hosts(64, Kind.FAT_TREE, 1), SMALL_SWITCHES);
        var router = new EcmpRouter(new LinkState(topology));
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        Set<List<Integer>> reached = new HashSet<>();
        for (int label = 0; label < 1000; label++) {
            int count = router.route(0, 63, label, route);
            reached.add(asList(route, count));
        }
        var all = new AllDirectedPaths<>(topology.graph())
                .getAllPaths(
                        topology.gpuVertex(0),
                        topology.gpuVertex(63),
                        true,
                        reached.iterator().next().size());
        assertThat(reached).hasSize(16);
        assertThat(all).hasSize(16);
    }

    @Test
    void routesAvoidFailedLinksWhileAnyWayIsLeft() {
        for (int seed = 0; seed < 20; seed++) {
            var topology = Topology.build(dgx(12, Kind.FAT_TREE, 1), SMALL_SWITCHES);
            var state = new LinkState(topology);
            var random = new SplittableRandom(seed);
            for (int i = 0; i < 60; i++) {
                state.setFactor(random.nextInt(topology.links()), 0);
            }
            assertRoutesMatchSurvivors(topology, state, seed);
        }
    }

    private static void assertRoutesMatchSurvivors(Topology topology, LinkState state, int seed) {
        var router = new EcmpRouter(state);
        var search = new DijkstraShortestPath<>(topology.graph(state));
        int[] route = new int[64];
        for (int from = 0; from < topology.gpus(); from += 5) {
            var paths = search.getPaths(topology.gpuVertex(from));
            for (int to = 0; to < topology.gpus(); to++) {
                int count = router.route(from, to, seed, route);
                double distance = paths.getWeight(topology.gpuVertex(to));
                assertThat(count >= 0).as("seed %d: %d to %d", seed, from, to).isEqualTo(distance < 1e9);
                for (int i = 0; i < count; i++) {
                    assertThat(state.isUp(route[i])).isTrue();
                }
                if (count > 0) {
                    assertIsPath(topology, from, to, route, count);
                }
            }
        }
    }

    @Test
    void failedSwitchIsRoutedAroundAndItsReturnRestoresTheRoutes() {
        var topology = Topology.build(dgx(12, Kind.FAT_TREE, 1), SMALL_SWITCHES);
        var state = new LinkState(topology);
        var router = new EcmpRouter(state);
        int[] before = new int[Topology.MAX_ROUTE_LINKS];
        int count = router.route(0, 95, 0, before);
        int spine = topology.link(before[3]).to();
        assertThat(topology.vertex(spine).kind()).isEqualTo(VertexKind.SPINE);

        Vertices.setFactor(state, spine, 0);
        int[] during = new int[64];
        int detour = router.route(0, 95, 0, during);
        assertThat(detour).isEqualTo(count);
        assertThat(topology.link(during[3]).to()).isNotEqualTo(spine);

        Vertices.setFactor(state, spine, 1);
        int[] after = new int[Topology.MAX_ROUTE_LINKS];
        assertThat(router.route(0, 95, 0, after)).isEqualTo(count);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void portFailureDetoursThroughAnotherPortAndLostHostIsReported() {
        var topology = Topology.build(dgx(2, Kind.SINGLE_SWITCH, 1));
        var state = new LinkState(topology);
        var router = new EcmpRouter(state);
        Vertices.setFactor(state, Vertices.of(topology, VertexKind.NIC, 0, 3), 0);
        int[] route = new int[64];
        assertThat(router.route(3, 11, 0, route)).isGreaterThan(0);

        for (int nic = 0; nic < 8; nic++) {
            Vertices.setFactor(state, Vertices.of(topology, VertexKind.NIC, 0, nic), 0);
        }
        assertThat(router.route(3, 11, 0, route)).isEqualTo(-1);
        assertThat(router.route(3, 4, 0, route)).isEqualTo(2);
        assertThat(router.route(11, 3, 0, route)).isEqualTo(-1);
    }

    private static void assertIsPath(Topology topology, int from, int to, int[] route, int count) {
        assertThat(topology.link(route[0]).from()).isEqualTo(topology.gpuVertex(from));
        for (int i = 1; i < count; i++) {
            assertThat(topology.link(route[i]).from())
                    .isEqualTo(topology.link(route[i - 1]).to());
        }
        assertThat(topology.link(route[count - 1]).to()).isEqualTo(topology.gpuVertex(to));
    }

    private static double cost(Topology topology, int[] route, int count) {
        double cost = 0;
        for (int i = 0; i < count; i++) {
            cost += topology.link(route[i]).kind().routingCost();
        }
        return cost;
    }

    private static List<Integer> asList(int[] route, int count) {
        return Arrays.stream(route, 0, count).boxed().toList();
    }
}
