package trainyard.sim.network.collective;

import java.util.Arrays;
import java.util.List;
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
        return nanos(links, operation, bytes, List.of(gpus));
    }

    /**
     * Time until the last of several rings that start together is done.
     *
     * @param bytes size of each, as {@link Collective} defines it
     * @param rings GPU of each rank of each ring
     * @return the time in nanoseconds; empty if two hops of any rings share a link, or a hop has no route
     */
    static OptionalLong nanos(LinkState links, Collective operation, double bytes, List<int[]> rings) {
        boolean[] used = new boolean[links.topology().links()];
        long last = 0;
        for (int[] gpus : rings) {
            var hops = new Hops(links, bytes / gpus.length, gpus, used);
            if (!hops.disjoint) {
                return OptionalLong.empty();
            }
            int steps = Ring.steps(operation, gpus.length);
            last = Math.max(last, RingWalk.nanos(hops.transferNanos, hops.latencyNanos, steps));
        }
        return OptionalLong.of(last);
    }

    /** Transfer time and latency of every hop, and whether all links are used once. */
    private static final class Hops {

        private static final int NONE = -1;

        private final LinkState links;
        private final Topology topology;
        private final double stepBytes;
        private final int[] route;
        private final boolean[] used;
        private final int gpusPerNode;

        /** A rank that makes the hop between two places in a node; {@link #NONE} where none was met yet. */
        private final int[] insideRank;

        final long[] transferNanos;
        final long[] latencyNanos;
        boolean disjoint = true;

        Hops(LinkState links, double stepBytes, int[] gpus, boolean[] used) {
            this.links = links;
            this.stepBytes = stepBytes;
            topology = links.topology();
            route = new int[links.allUp() ? topology.mostRouteLinks() : topology.vertices()];
            this.used = used;
            transferNanos = new long[gpus.length];
            latencyNanos = new long[gpus.length];
            gpusPerNode = topology.cluster().node().gpus();
            insideRank = new int[gpusPerNode * gpusPerNode];
            Arrays.fill(insideRank, NONE);
            measure(gpus);
        }

        private void measure(int[] gpus) {
            var router = new EcmpRouter(links);
            int fromNode = topology.nodeOf(gpus[0]);
            int last = gpus.length - 1;
            for (int rank = 0; rank <= last && disjoint; rank++) {
                int from = gpus[rank];
                int to = gpus[rank == last ? 0 : rank + 1];
                int toNode = topology.nodeOf(to);
                int count = router.route(from, to, 0, route);
                claim(count);
                if (links.allHealthy() && fromNode == toNode) {
                    costInside(rank, count, from - fromNode * gpusPerNode, to - toNode * gpusPerNode);
                } else {
                    cost(rank, count);
                }
                fromNode = toNode;
            }
        }

        /** Nodes are alike: while every link is healthy, a hop inside one costs what it costs inside any other. */
        private void costInside(int rank, int count, int fromIndex, int toIndex) {
            int pair = fromIndex * gpusPerNode + toIndex;
            if (insideRank[pair] == NONE) {
                cost(rank, count);
                insideRank[pair] = rank;
            }
            transferNanos[rank] = transferNanos[insideRank[pair]];
            latencyNanos[rank] = latencyNanos[insideRank[pair]];
        }

        private void claim(int count) {
            boolean free = count > 0;
            for (int i = 0; i < count; i++) {
                free &= !used[route[i]];
                used[route[i]] = true;
            }
            disjoint = free;
        }

        private void cost(int rank, int count) {
            double bytesPerSecond = Double.POSITIVE_INFINITY;
            long latency = 0;
            for (int i = 0; i < count; i++) {
                bytesPerSecond = Math.min(bytesPerSecond, links.bytesPerSecond(route[i]));
                latency += topology.latencyNanos(route[i]);
            }
            latencyNanos[rank] = latency;
            transferNanos[rank] = SimTime.nanos(stepBytes / bytesPerSecond);
        }
    }
}
