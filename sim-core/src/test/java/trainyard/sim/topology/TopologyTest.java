package trainyard.sim.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.sim.topology.TestClusters.NIC_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.cluster;
import static trainyard.sim.topology.TestClusters.dgx;
import static trainyard.sim.topology.TestClusters.hosts;
import static trainyard.sim.topology.TestClusters.node;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricGraph;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.ScaleUp;

class TopologyTest {

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3, 7})
    void leafUplinksCarryTheirNodePortsDividedByTheOversubscription(double oversubscription) {
        for (var balancing : LoadBalancing.values()) {
            var topology = Topology.build(
                    hosts(200, Kind.FAT_TREE, oversubscription),
                    TopologyOptions.DEFAULT.withSwitchRadix(16).withLoadBalancing(balancing));
            int leaf = Vertices.of(topology, VertexKind.LEAF, Vertex.NO_NODE, 0);
            double down = sum(topology, leaf, LinkKind.NIC_PORT);
            double up = sum(topology, leaf, LinkKind.LEAF_SPINE);
            assertThat(down / up).isCloseTo(oversubscription, within());
            if (oversubscription > 4) {
                continue; // 14 hosts per leaf need 15 leaves, which one pod holds: no core
            }
            int spine = Vertices.of(topology, VertexKind.SPINE, Vertex.NO_NODE, 0);
            assertThat(sum(topology, spine, LinkKind.SPINE_CORE))
                    .isCloseTo(sum(topology, spine, LinkKind.LEAF_SPINE), within());
        }
    }

    private static org.assertj.core.data.Percentage within() {
        return org.assertj.core.data.Percentage.withPercentage(1e-9);
    }

    private static double sum(Topology topology, int from, LinkKind kind) {
        return IntStream.of(Vertices.linksAt(topology, from))
                .mapToObj(topology::link)
                .filter(link -> link.from() == from && link.kind() == kind)
                .mapToDouble(Link::bytesPerSecond)
                .sum();
    }

    @Test
    void railsAreOneSwitchApartOnlyWhenTheFabricIsRailOptimised() {
        // 8 ports per switch, half of them down: four nodes share the leaf of a rail.
        var options = TopologyOptions.DEFAULT.withSwitchRadix(8);
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        var rails = Topology.build(dgx(4, Kind.RAIL_OPTIMISED, 1), options);
        assertThat(rails.route(0, 3 * 8, 0, route)).as("same rail").isEqualTo(6);
        assertThat(rails.route(0, 3 * 8 + 1, 0, route)).as("other rail").isEqualTo(8);
        var tree = Topology.build(dgx(4, Kind.FAT_TREE, 1), options);
        assertThat(tree.route(0, 3 * 8, 0, route)).as("other leaf").isEqualTo(8);
    }

    @Test
    void latencyBetweenNodesIsThatOfTheFabricPlusPcieAndExtraSwitches() {
        var topology = Topology.build(hosts(8, Kind.FAT_TREE, 1), TopologyOptions.DEFAULT.withSwitchRadix(8));
        // 2 us fabric + 2 x 0.5 us PCIe; a spine adds two cables of 0.13 us.
        assertThat(latencyNanos(topology, 0, 1)).isEqualTo(3000);
        assertThat(latencyNanos(topology, 0, 7)).isEqualTo(3260);
    }

    private static long latencyNanos(Topology topology, int from, int to) {
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        int count = topology.route(from, to, 0, route);
        return IntStream.range(0, count)
                .mapToLong(i -> topology.latencyNanos(route[i]))
                .sum();
    }

    @Test
    void hybridCubeMeshUsesSixLinksPerGpu() {
        var topology = Topology.build(cluster(node(ScaleUp.NVLINK_MESH, 8, 4), 1, Kind.SINGLE_SWITCH, 1));
        for (int gpu = 0; gpu < 8; gpu++) {
            assertThat(sum(topology, topology.gpuVertex(gpu), LinkKind.SCALE_UP))
                    .isCloseTo(0.8 * TestClusters.SCALE_UP_BYTES_PER_SECOND, within());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "GRAPH")
    void oppositeDirectionsOfACableAreNeighbours(Kind kind) {
        var topology = Topology.build(dgx(9, kind, 1), TopologyOptions.DEFAULT.withSwitchRadix(8));
        for (int id = 0; id < topology.links(); id++) {
            Link forth = topology.link(id);
            Link back = topology.link(id ^ 1);
            assertThat(back.from()).isEqualTo(forth.to());
            assertThat(back.to()).isEqualTo(forth.from());
        }
    }

    @Test
    void portsSplitAmongTheGpusOfANode() {
        // 16 ports for 4 GPUs: four each, none shared.
        var topology = Topology.build(cluster(node(ScaleUp.NVSWITCH, 4, 16), 2, Kind.SINGLE_SWITCH, 1));
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        for (int gpu = 0; gpu < 4; gpu++) {
            for (int label = 0; label < 50; label++) {
                topology.route(gpu, 4 + gpu, label, route);
                Vertex nic = topology.vertex(topology.link(route[1]).to());
                assertThat(nic.kind()).isEqualTo(VertexKind.NIC);
                assertThat(nic.index() / 4).isEqualTo(gpu);
            }
        }
    }

    @Test
    void capacityOfAPortIsTheShareOfItsRateThatTheFabricAchieves() {
        var topology = Topology.build(hosts(4, Kind.SINGLE_SWITCH, 1));
        int nic = Vertices.of(topology, VertexKind.NIC, 2, 0);
        assertThat(sum(topology, nic, LinkKind.NIC_PORT)).isEqualTo(NIC_BYTES_PER_SECOND);
    }

    @Test
    void nodesWithoutPortsCannotBeJoined() {
        assertThatThrownBy(() -> Topology.build(cluster(node(ScaleUp.NVSWITCH, 8, 0), 2, Kind.SINGLE_SWITCH, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 nodes of type test node cannot be joined: the node has no network port");
        assertThat(Topology.build(cluster(node(ScaleUp.NVSWITCH, 8, 0), 1, Kind.SINGLE_SWITCH, 1))
                        .gpus())
                .isEqualTo(8);
    }

    @Test
    void torusRouterSendsAsMuchAsItsNodeAndHalvesTheRingsAtAnyCut() {
        var topology =
                Topology.build(TestClusters.laidOut(hosts(32, Kind.TORUS, 1), FabricLayout.torus(List.of(4, 4, 2))));
        for (int router = 0; router < 32; router++) {
            int vertex = Vertices.of(topology, VertexKind.ROUTER, Vertex.NO_NODE, router);
            assertThat(sum(topology, vertex, LinkKind.ROUTER_ROUTER)).isCloseTo(NIC_BYTES_PER_SECOND, within());
        }
        // Between planes 1 and 2 and between planes 3 and 0 of the first dimension: 2 x 8 links of a sixth of a port.
        double across = 0;
        for (int id = 0; id < topology.links(); id++) {
            Link link = topology.link(id);
            if (link.kind() == LinkKind.ROUTER_ROUTER
                    && topology.vertex(link.from()).index() % 4 < 2
                    && topology.vertex(link.to()).index() % 4 >= 2) {
                across += link.bytesPerSecond();
            }
        }
        assertThat(across).isCloseTo(16 * NIC_BYTES_PER_SECOND / 6, within());
    }

    @Test
    void torusSidesMustHoldEveryNode() {
        assertThatThrownBy(() -> Topology.build(
                        TestClusters.laidOut(hosts(32, Kind.TORUS, 1), FabricLayout.torus(List.of(4, 4)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a torus of sides [4, 4] has 16 routers, one for each of 16 nodes, but the cluster has 32");
    }

    @Test
    void fullDragonflyHasOneCableBetweenEveryTwoGroupsAndRoutesOfThreeRouterLinks() {
        // p = 2, a = 4, h = 2: nine groups of eight nodes (Kim et al., figure 5).
        var topology = Topology.build(hosts(72, Kind.DRAGONFLY, 1));
        int cables = 0;
        for (int id = 0; id < topology.links(); id++) {
            cables += topology.link(id).kind() == LinkKind.GROUP_GROUP ? 1 : 0;
        }
        assertThat(cables).isEqualTo(2 * 9 * 8 / 2);
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        for (int to = 1; to < 72; to++) {
            int globals = 0;
            int count = topology.route(0, to, 0, route);
            for (int i = 0; i < count; i++) {
                globals += topology.link(route[i]).kind() == LinkKind.GROUP_GROUP ? 1 : 0;
            }
            assertThat(globals).isEqualTo(to < 8 ? 0 : 1);
            assertThat(count).isLessThanOrEqualTo(2 * 2 + 2 + 3);
        }
    }

    @Test
    void dragonflyRefusesMoreNodesThanItsCablesCanJoin() {
        assertThatThrownBy(() ->
                        Topology.build(TestClusters.laidOut(hosts(73, Kind.DRAGONFLY, 1), FabricLayout.dragonfly(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a dragonfly with 2 nodes per router joins at most 72 nodes, but the cluster has 73");
    }

    @Test
    void gpusOfOneScaleUpDomainReachEachOtherWithoutPorts() {
        var rack = new ClusterSpec(
                HardwareCatalog.load().node("GB200 NVL72 tray"),
                36,
                HardwareCatalog.load().fabric("IB NDR"));
        var topology = Topology.build(rack);
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        assertThat(topology.route(0, 71, 0, route)).isEqualTo(4);
        double least = Double.POSITIVE_INFINITY;
        long latencyNanos = 0;
        for (int i = 0; i < 4; i++) {
            assertThat(topology.link(route[i]).kind()).isEqualTo(LinkKind.SCALE_UP);
            least = Math.min(least, topology.bytesPerSecond(route[i]));
            latencyNanos += topology.latencyNanos(route[i]);
        }
        assertThat(least).isEqualTo(0.8 * 900e9);
        assertThat(latencyNanos).isEqualTo(600);
        int across = topology.route(0, 72, 0, route);
        assertThat(across).isGreaterThan(4);
        assertThat(topology.link(route[2]).kind()).isEqualTo(LinkKind.NIC_PORT);
    }

    @Test
    void graphMustReachEveryPortAndNameNodesThatExist() {
        var half = new FabricGraph("half.csv", List.of(new FabricGraph.Cable("node0", "a", 1e9, 0)));
        assertThatThrownBy(() ->
                        Topology.build(TestClusters.laidOut(hosts(2, Kind.SINGLE_SWITCH, 1), FabricLayout.graph(half))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("half.csv has no way from port 0 of node 1 to port 0 of node 0");
        var beyond = new FabricGraph("beyond.csv", List.of(new FabricGraph.Cable("node2", "a", 1e9, 0)));
        assertThatThrownBy(() -> Topology.build(
                        TestClusters.laidOut(hosts(2, Kind.SINGLE_SWITCH, 1), FabricLayout.graph(beyond))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("beyond.csv: node2 is beyond the 2 nodes of the cluster, which count from 0");
    }
}
