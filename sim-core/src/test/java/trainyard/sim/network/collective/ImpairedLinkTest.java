package trainyard.sim.network.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static trainyard.sim.topology.TestClusters.NIC_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.hosts;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.sim.collective.AlphaBeta;
import trainyard.sim.collective.Collective;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.TestClusters;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.Vertex;
import trainyard.sim.topology.VertexKind;
import trainyard.sim.topology.Vertices;

/** Collectives over links that are slow or down. */
class ImpairedLinkTest {

    private static final double BYTES = 8e7;
    private static final double ALPHA = 3e-6;

    private static int[] all(int ranks) {
        return IntStream.range(0, ranks).toArray();
    }

    private static LinkState healthy(ClusterSpec cluster) {
        return new LinkState(Topology.build(cluster));
    }

    private static long ring(LinkState state, int ranks) {
        var network = new FlowNetwork(new Simulation(), state);
        return CollectiveRun.nanos(network, new Ring(), Collective.ALL_REDUCE, BYTES, all(ranks));
    }

    /** A ring keeps the pace of its slowest link. */
    @Test
    void ringOverAPortAtHalfItsRateTakesTwiceTheTransferTime() {
        LinkState state = healthy(hosts(8, Kind.SINGLE_SWITCH, 1));
        Vertices.setFactor(state, Vertices.of(state.topology(), VertexKind.NIC, 3, 0), 0.5);
        double slow = 1e9 * AlphaBeta.ringAllReduce(8, BYTES, ALPHA, NIC_BYTES_PER_SECOND / 2);
        assertThat((double) ring(state, 8)).isCloseTo(slow, offset(5e-3 * slow));
    }

    @Test
    void ringCannotEndWhileAHostIsCutOff() {
        LinkState state = healthy(hosts(4, Kind.SINGLE_SWITCH, 1));
        Vertices.setFactor(state, Vertices.of(state.topology(), VertexKind.NIC, 2, 0), 0);
        assertThatThrownBy(() -> ring(state, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ranks of the collective are not done");
    }

    /** A hop around the failed cable shares cables with other hops of the ring, so the ring is slower, but it ends. */
    @Test
    void ringGoesAroundAFailedCableOfATorus() {
        LinkState state = healthy(TestClusters.laidOut(hosts(16, Kind.TORUS, 1), FabricLayout.torus(List.of(4, 4))));
        long before = ring(state, 16);
        int router = Vertices.of(state.topology(), VertexKind.ROUTER, Vertex.NO_NODE, 0);
        int next = Vertices.of(state.topology(), VertexKind.ROUTER, Vertex.NO_NODE, 1);
        for (int link : Vertices.linksAt(state.topology(), router)) {
            if (state.topology().link(link).from() == next
                    || state.topology().link(link).to() == next) {
                state.setFactor(link, 0);
            }
        }
        assertThat(ring(state, 16)).isGreaterThan(before);
    }

    /** The port fails a quarter of the way and comes back after a second: the collective waits, then goes on. */
    @Test
    void collectiveWaitsForALinkThatComesBack() {
        LinkState state = healthy(hosts(4, Kind.SINGLE_SWITCH, 1));
        var simulation = new Simulation();
        var network = new FlowNetwork(simulation, state);
        long undisturbed = ring(healthy(hosts(4, Kind.SINGLE_SWITCH, 1)), 4);
        int nic = Vertices.of(state.topology(), VertexKind.NIC, 1, 0);
        var run = CollectiveRun.start(network, new Ring(), Collective.ALL_REDUCE, BYTES, all(4), () -> {});
        int change = simulation.register((now, up) -> {
            for (int link : Vertices.linksAt(state.topology(), nic)) {
                network.setLinkFactor(link, up);
            }
        });
        simulation.schedule(undisturbed / 4, 0, change, 0);
        simulation.schedule(undisturbed / 4 + 1_000_000_000, 0, change, 1);
        simulation.run();
        assertThat((double) run.nanos()).isBetween(1e9, 1e9 + 1.5 * undisturbed);
    }
}
