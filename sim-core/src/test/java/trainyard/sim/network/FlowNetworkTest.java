package trainyard.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;
import static trainyard.sim.topology.TestClusters.NIC_BYTES_PER_SECOND;
import static trainyard.sim.topology.TestClusters.dgx;
import static trainyard.sim.topology.TestClusters.hosts;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.TieOrder;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.topology.EcmpRouter;
import trainyard.sim.topology.LinkKind;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.LoadBalancing;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.TopologyOptions;
import trainyard.sim.topology.VertexKind;
import trainyard.sim.topology.Vertices;

/** Hosts have one port of 25 GB/s; a message between two on one switch has 3 us of latency (2 us fabric, 1 us PCIe). */
class FlowNetworkTest {

    private static final long ALPHA_NANOS = 3000;

    private final Simulation simulation = new Simulation();
    private final Topology topology = Topology.build(hosts(4, Kind.SINGLE_SWITCH, 1));
    private final FlowNetwork network = new FlowNetwork(simulation, new LinkState(topology));
    private final long[] arrival = new long[10];

    private void record(long nowNanos, int message) {
        arrival[message] = nowNanos;
    }

    private int portOf(int gpu) {
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        new EcmpRouter(new LinkState(topology)).route(gpu, (gpu + 1) % 4, 0, route);
        assertThat(topology.link(route[2]).kind()).isEqualTo(LinkKind.NIC_PORT);
        return route[2];
    }

    /** alpha + S / B = 3 us + 25 kB / 25 GB/s = 4 us */
    @Test
    void messageTakesLatencyPlusBytesOverBandwidth() {
        network.transfer(0, 1, 25_000, this::record, 0);
        simulation.run();
        assertThat(arrival[0]).isEqualTo(ALPHA_NANOS + 1000);
        assertThat(network.isIdle()).isTrue();
    }

    /** Transfers follow each other and overlap with latency: ends at 1, 2 and 3 us, each 3 us later at the receiver. */
    @Test
    void messagesOfAChannelFollowEachOther() {
        int channel = network.open(0, 1, this::record);
        for (int i = 0; i < 3; i++) {
            network.send(channel, 25_000, i);
        }
        simulation.run();
        assertThat(Arrays.copyOf(arrival, 3))
                .containsExactly(ALPHA_NANOS + 1000, ALPHA_NANOS + 2000, ALPHA_NANOS + 3000);
    }

    @Test
    void messagesWithoutBytesOrBetweenTheSameGpuTakeNoBandwidth() {
        network.transfer(0, 1, 0, this::record, 0);
        network.transfer(2, 2, 1e9, this::record, 1);
        simulation.run();
        assertThat(arrival[0]).isEqualTo(ALPHA_NANOS);
        assertThat(arrival[1]).isZero();
    }

    /**
     * Two jobs send to host 2: a of 25 kB from 0, b of 75 kB from 1. Each has B/2 until a ends:
     * a: 25 kB / (B/2) = 2 us; b: 25 kB by then, the other 50 kB at B in 2 us, ends at 4 us.
     */
    @Test
    void twoJobsOnOneLinkGetHalfEachAndTheRestSpeedsUp() {
        network.transfer(0, 2, 25_000, this::record, 0);
        network.transfer(1, 2, 75_000, this::record, 1);
        simulation.runUntil(1000);
        assertThat(network.utilisation(portOf(2) ^ 1)).isCloseTo(1, withPercentage(1e-9));
        assertThat(network.utilisation(portOf(0))).isCloseTo(0.5, withPercentage(1e-9));
        simulation.run();
        assertThat(arrival[0]).isEqualTo(ALPHA_NANOS + 2000);
        assertThat(arrival[1]).isEqualTo(ALPHA_NANOS + 4000);
    }

    /** A channel of 3 flows against one: 3 r + r = B, so each moves 25 kB in 4 us. */
    @Test
    void channelOfSeveralFlowsTakesTheShareOfEach() {
        int three = network.open(0, 2, 0, 3, this::record);
        network.send(three, 25_000, 0);
        network.transfer(1, 2, 25_000, this::record, 1);
        simulation.run();
        assertThat(arrival[0]).isEqualTo(ALPHA_NANOS + 4000);
        assertThat(arrival[1]).isEqualTo(ALPHA_NANOS + 4000);
        assertThat(network.carriedBytes()[portOf(0)]).isCloseTo(75_000, withPercentage(1e-9));
    }

    /** Half of 50 kB in 1 us, then a quarter of the rate: the other 25 kB take 4 us. */
    @Test
    void degradedLinkSlowsTheRestOfTheMessage() {
        network.transfer(0, 1, 50_000, this::record, 0);
        simulation.runUntil(1000);
        network.setLinkFactor(portOf(0), 0.25);
        simulation.run();
        assertThat(arrival[0]).isEqualTo(ALPHA_NANOS + 5000);
    }

    @Test
    void messageWaitsWhileItsHostsAreNotConnected() {
        network.transfer(0, 1, 50_000, this::record, 0);
        simulation.runUntil(1000);
        network.setLinkFactor(portOf(0), 0);
        simulation.runUntil(10_000);
        assertThat(arrival[0]).isZero();
        network.setLinkFactor(portOf(0), 1);
        simulation.run();
        assertThat(arrival[0]).isEqualTo(10_000 + 1000 + ALPHA_NANOS);
        assertThat(network.carriedBytes()[portOf(0)]).isCloseTo(50_000, withPercentage(1e-9));
    }

    @Test
    void failedSwitchMovesItsFlowsToOthers() {
        var tree = Topology.build(dgx(12, Kind.FAT_TREE, 1), TopologyOptions.DEFAULT.withSwitchRadix(8));
        var state = new LinkState(tree);
        var fabric = new FlowNetwork(simulation, state);
        int[] route = new int[Topology.MAX_ROUTE_LINKS];
        new EcmpRouter(state).route(0, 95, 0, route);
        int spine = tree.link(route[3]).to();
        assertThat(tree.vertex(spine).kind()).isEqualTo(VertexKind.SPINE);
        fabric.transfer(0, 95, 1e6, this::record, 0);
        simulation.runUntil(20_000);
        for (int link : Vertices.linksAt(tree, spine)) {
            fabric.setLinkFactor(link, 0);
        }
        simulation.run();
        assertThat(arrival[0]).isEqualTo(40_000 + 3000 + 2 * 130 + 2 * 130);
        assertThat(fabric.carriedBytes()[route[3]]).isCloseTo(5e5, withPercentage(1e-6));
        assertThat(fabric.carriedBytes()[route[0]]).isCloseTo(1e6, withPercentage(1e-6));
    }

    @Test
    void messagesOfNegativeSizeAreRefused() {
        assertThatThrownBy(() -> network.transfer(0, 1, -1, this::record, 0))
                .hasMessage("a message cannot have -1.0 bytes");
    }

    /**
     * Leaves of 4 hosts: 4 of 8 ports at 1:1, 4 of 6 at 2:1. Every host of leaf 0 sends to one of leaf 1: without
     * oversubscription each has its port; at 2:1 the uplinks carry half of that.
     */
    @Test
    void oversubscriptionOfTwoHalvesTheBandwidthAcrossLeaves() {
        assertThat(crossLeafNanos(2, 6)).isEqualTo(2 * crossLeafNanos(1, 8));
    }

    private static long crossLeafNanos(double oversubscription, int radix) {
        var options = TopologyOptions.DEFAULT.withSwitchRadix(radix).withLoadBalancing(LoadBalancing.SPRAYED);
        var tree = Topology.build(hosts(8, Kind.FAT_TREE, oversubscription), options);
        var simulation = new Simulation();
        var network = new FlowNetwork(simulation, new LinkState(tree));
        long[] last = new long[1];
        for (int host = 0; host < 4; host++) {
            network.transfer(host, 4 + host, NIC_BYTES_PER_SECOND, (now, argument) -> last[0] = now, 0);
        }
        simulation.run();
        return last[0] - 3260;
    }

    @Test
    void bytesSentOverEachLinkAreThoseOfTheMessagesRoutedOverIt() {
        for (int seed = 0; seed < 30; seed++) {
            var world = new RandomTraffic(seed, new Simulation());
            double[] expected = world.run();
            double[] carried = world.network.carriedBytes();
            for (int link = 0; link < carried.length; link++) {
                assertThat(carried[link]).isCloseTo(expected[link], offset(1.0));
            }
            assertThat(world.network.isIdle()).isTrue();
        }
    }

    @Test
    void orderOfTiesDoesNotChangeAnyArrival() {
        for (int seed = 0; seed < 30; seed++) {
            var straight = new RandomTraffic(seed, new Simulation());
            straight.run();
            for (int permutation = 1; permutation <= 3; permutation++) {
                var permuted = new RandomTraffic(seed, new Simulation(TieOrder.permuted(permutation)));
                permuted.run();
                assertThat(permuted.arrival).as("seed %d", seed).isEqualTo(straight.arrival);
            }
        }
    }

    /** Random messages that start at a few common times, on a small oversubscribed tree. */
    private static final class RandomTraffic {

        final Simulation simulation;
        final Topology topology = Topology.build(dgx(6, Kind.FAT_TREE, 2), TopologyOptions.DEFAULT.withSwitchRadix(8));
        final FlowNetwork network;
        final SplittableRandom random;
        final long[] arrival = new long[200];
        final int[] from = new int[200];
        final int[] to = new int[200];
        final double[] bytes = new double[200];

        RandomTraffic(int seed, Simulation simulation) {
            this.simulation = simulation;
            network = new FlowNetwork(simulation, new LinkState(topology));
            random = new SplittableRandom(seed);
        }

        double[] run() {
            double[] expected = new double[topology.links()];
            var router = new EcmpRouter(new LinkState(topology));
            int[] route = new int[Topology.MAX_ROUTE_LINKS];
            int start = simulation.register((now, message) -> network.transfer(
                    from[message], to[message], bytes[message], (at, arrived) -> arrival[arrived] = at, message));
            for (int message = 0; message < arrival.length; message++) {
                from[message] = random.nextInt(48);
                to[message] = random.nextInt(48);
                bytes[message] = random.nextBoolean() ? 1e6 : random.nextInt(3_000_000);
                int count = router.route(from[message], to[message], 0, route);
                for (int i = 0; i < count; i++) {
                    expected[route[i]] += bytes[message];
                }
                simulation.schedule(random.nextInt(5) * 20_000L, 0, start, message);
            }
            simulation.run();
            return expected;
        }
    }
}
