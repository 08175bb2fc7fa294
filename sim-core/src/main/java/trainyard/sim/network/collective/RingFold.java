package trainyard.sim.network.collective;

import java.util.OptionalLong;
import trainyard.sim.collective.Collective;
import trainyard.sim.engine.SimTime;
import trainyard.sim.topology.EcmpRouter;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;

/**
 * The duration of a ring without its events, for rings whose hops share no link with each other or with anybody else.
 * Every hop then takes the same time in every step, and {@link RingWalk} knows the end of the last step. A ring of
 * 100,000 ranks costs a pass over its routes instead of 2 x 10^10 messages.
 */
public final class RingFold {

    private RingFold() {}

    /**
     * Duration of a ring collective on otherwise idle links.
     *
     * @param bytes size as {@link Collective} defines it
     * @param gpus GPU of each rank, at least two
     * @return the duration in nanoseconds; empty if two hops share a link or a hop has no route, so that only the events
     *     tell
     */
    public static OptionalLong nanos(LinkState links, Collective operation, double bytes, int[] gpus) {
        var hops = new Hops(links, bytes / gpus.length, gpus);
        if (!hops.disjoint) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                RingWalk.nanos(hops.transferNanos, hops.latencyNanos, Ring.steps(operation, gpus.length)));
    }

    /** Transfer time and latency of every hop, and whether all links are used once. */
    private static final class Hops {

        private final LinkState links;
        private final Topology topology;
        private final double stepBytes;
        private final int[] route;
        private final boolean[] used;
        final long[] transferNanos;
        final long[] latencyNanos;
        boolean disjoint = true;

        Hops(LinkState links, double stepBytes, int[] gpus) {
            this.links = links;
            this.stepBytes = stepBytes;
            topology = links.topology();
            route = new int[topology.vertices()];
            used = new boolean[topology.links()];
            transferNanos = new long[gpus.length];
            latencyNanos = new long[gpus.length];
            measure(gpus);
        }

        private void measure(int[] gpus) {
            var router = new EcmpRouter(links);
            int perNode = topology.cluster().node().gpus();
            // Nodes are alike: while every link is healthy, a hop inside one costs what it costs inside any other.
            int[] sameHop = new int[perNode * perNode];
            for (int rank = 0; rank < gpus.length && disjoint; rank++) {
                int from = gpus[rank];
                int to = gpus[(rank + 1) % gpus.length];
                int count = router.route(from, to, 0, route);
                claim(count);
                boolean inside = links.allHealthy() && from / perNode == to / perNode;
                int hop = from % perNode * perNode + to % perNode;
                if (inside && sameHop[hop] > 0) {
                    transferNanos[rank] = transferNanos[sameHop[hop] - 1];
                    latencyNanos[rank] = latencyNanos[sameHop[hop] - 1];
                } else {
                    cost(rank, count);
                    sameHop[hop] = inside ? rank + 1 : sameHop[hop];
                }
            }
        }

        private void claim(int count) {
            disjoint = count > 0;
            for (int i = 0; i < count; i++) {
                disjoint &= !used[route[i]];
                used[route[i]] = true;
            }
        }

        private void cost(int rank, int count) {
            double bytesPerSecond = Double.POSITIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                bytesPerSecond = Math.min(bytesPerSecond, links.bytesPerSecond(route[i]));
                latencyNanos[rank] += topology.latencyNanos(route[i]);
            }
            transferNanos[rank] = SimTime.nanos(stepBytes / bytesPerSecond);
        }
    }
}
