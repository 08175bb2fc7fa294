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

        final long[] transferNanos;
        final long[] latencyNanos;
        boolean disjoint = true;

        Hops(LinkState links, double stepBytes, int[] gpus) {
            Topology topology = links.topology();
            var router = new EcmpRouter(links);
            transferNanos = new long[gpus.length];
            latencyNanos = new long[gpus.length];
            boolean[] used = new boolean[topology.links()];
            int[] route = new int[topology.vertices()];
            for (int rank = 0; rank < gpus.length && disjoint; rank++) {
                int count = router.route(gpus[rank], gpus[(rank + 1) % gpus.length], 0, route);
                disjoint = count > 0;
                double bytesPerSecond = Double.POSITIVE_INFINITY;
                for (int i = 0; i < count; i++) {
                    disjoint &= !used[route[i]];
                    used[route[i]] = true;
                    bytesPerSecond = Math.min(bytesPerSecond, links.bytesPerSecond(route[i]));
                    latencyNanos[rank] += topology.latencyNanos(route[i]);
                }
                transferNanos[rank] = SimTime.nanos(stepBytes / bytesPerSecond);
            }
        }
    }
}
