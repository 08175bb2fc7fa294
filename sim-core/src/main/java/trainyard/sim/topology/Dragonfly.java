package trainyard.sim.topology;

import trainyard.sim.hardware.ClusterSpec;

/**
 * Groups of routers (J. Kim, W. Dally, S. Scott, D. Abts, Technology-driven, highly-scalable dragonfly topology, ISCA
 * 2008). Each router serves {@code p} nodes; {@code a = 2p} routers form a group and are all joined to each other; each
 * has {@code h = p} cables to other groups, which is the balance that the paper recommends (section 3.1). Every cable
 * between routers has the rate of a node. Of {@code g} groups each has {@code floor(a h / (g - 1))} cables to each other
 * one, so that at most {@code a h + 1} groups can be joined.
 *
 * <p>Routes are minimal (ibid., section 4.1): to the router with a cable to the group of the destination, over it, and to
 * the destination. Of several cables between two groups those with the fewest steps are taken, and the hash chooses.
 */
final class Dragonfly implements Fabric {

    private final ClusterSpec cluster;
    private final TopologyOptions options;
    private final int ports;
    private final int nodesPerRouter;
    private final int routersPerGroup;
    private final int groups;
    private final int cablesPerPair;

    private int firstPortLink;
    private int firstLocalLink;
    private int firstGlobalLink;

    private Dragonfly(ClusterSpec cluster, TopologyOptions options, int nodesPerRouter) {
        this.cluster = cluster;
        this.options = options;
        this.nodesPerRouter = nodesPerRouter;
        ports = cluster.node().nics();
        routersPerGroup = 2 * nodesPerRouter;
        int nodesPerGroup = nodesPerRouter * routersPerGroup;
        groups = (cluster.nodes() + nodesPerGroup - 1) / nodesPerGroup;
        cablesPerPair = groups == 1 ? 0 : routersPerGroup * nodesPerRouter / (groups - 1);
    }

    /**
     * @throws IllegalArgumentException if the routers have too few cables to join every two groups
     */
    static Fabric of(ClusterSpec cluster, TopologyOptions options) {
        int given = cluster.fabric().layout().dragonflyNodesPerRouter();
        int nodesPerRouter = Math.max(1, given);
        while (given == 0 && mostNodes(nodesPerRouter) < cluster.nodes()) {
            nodesPerRouter++;
        }
        if (mostNodes(nodesPerRouter) < cluster.nodes()) {
            throw new IllegalArgumentException("a dragonfly with " + nodesPerRouter + " nodes per router joins at most "
                    + mostNodes(nodesPerRouter) + " nodes, but the cluster has " + cluster.nodes());
        }
        return new Dragonfly(cluster, options, nodesPerRouter);
    }

    /** {@code a p (a h + 1)} nodes. */
    private static long mostNodes(long p) {
        return 2 * p * p * (2 * p * p + 1);
    }

    @Override
    public void build(TopologyBuilder builder, int[] nics) {
        int firstRouter = builder.vertices();
        for (int router = 0; router < groups * routersPerGroup; router++) {
            builder.addVertex(VertexKind.ROUTER, Vertex.NO_NODE, router);
        }
        double achieved = cluster.fabric().achievedFraction();
        firstPortLink = builder.links();
        for (int nic = 0; nic < nics.length; nic++) {
            builder.addCable(
                    nics[nic],
                    firstRouter + routerOf(nic),
                    LinkKind.NIC_PORT,
                    cluster.node().nicBytesPerSecond() * achieved,
                    cluster.fabric().latencySeconds() / 2);
        }
        double bytesPerSecond = cluster.node().scaleOutBytesPerSecond() * achieved;
        firstLocalLink = builder.links();
        for (int group = 0; group < groups; group++) {
            addLocal(builder, firstRouter + group * routersPerGroup, bytesPerSecond);
        }
        firstGlobalLink = builder.links();
        for (int low = 0; low < groups; low++) {
            for (int high = low + 1; high < groups; high++) {
                addGlobal(builder, firstRouter, low, high, bytesPerSecond);
            }
        }
    }

    private void addLocal(TopologyBuilder builder, int first, double bytesPerSecond) {
        for (int low = 0; low < routersPerGroup; low++) {
            for (int high = low + 1; high < routersPerGroup; high++) {
                builder.addCable(
                        first + low,
                        first + high,
                        LinkKind.ROUTER_ROUTER,
                        bytesPerSecond,
                        options.switchLatencySeconds());
            }
        }
    }

    private void addGlobal(TopologyBuilder builder, int firstRouter, int low, int high, double bytesPerSecond) {
        for (int copy = 0; copy < cablesPerPair; copy++) {
            builder.addCable(
                    firstRouter + gateway(low, high, copy),
                    firstRouter + gateway(high, low, copy),
                    LinkKind.GROUP_GROUP,
                    bytesPerSecond,
                    options.switchLatencySeconds());
        }
    }

    /** Router of one group that holds a cable to another; the cables of a group go round the other groups in turn. */
    private int gateway(int group, int other, int copy) {
        int channel = Math.floorMod(other - group, groups) - 1 + copy * (groups - 1);
        return group * routersPerGroup + channel / nodesPerRouter;
    }

    private int routerOf(int nic) {
        return nic / ports / nodesPerRouter;
    }

    @Override
    public int route(int fromNic, int toNic, long hash, int[] into, int at) {
        int from = routerOf(fromNic);
        int to = routerOf(toNic);
        int fromGroup = from / routersPerGroup;
        int toGroup = to / routersPerGroup;
        int next = at;
        into[next++] = firstPortLink + 2 * fromNic;
        if (fromGroup == toGroup) {
            next = appendLocal(from, to, into, next);
        } else {
            int copy = nearestCable(from, to, hash);
            next = appendLocal(from, gateway(fromGroup, toGroup, copy), into, next);
            into[next++] = globalLink(fromGroup, toGroup, copy);
            next = appendLocal(gateway(toGroup, fromGroup, copy), to, into, next);
        }
        into[next++] = firstPortLink + 2 * toNic + 1;
        return next;
    }

    private int appendLocal(int from, int to, int[] into, int at) {
        if (from == to) {
            return at;
        }
        int group = from / routersPerGroup;
        int low = Math.min(from, to) % routersPerGroup;
        int high = Math.max(from, to) % routersPerGroup;
        int pairsPerGroup = routersPerGroup * (routersPerGroup - 1) / 2;
        int cable = group * pairsPerGroup + pairIndex(low, high, routersPerGroup);
        into[at] = firstLocalLink + 2 * cable + (from < to ? 0 : 1);
        return at + 1;
    }

    /** Position of a pair among all pairs of {@code count} things, ordered by the lower, then the higher. */
    private static int pairIndex(int low, int high, int count) {
        return low * (2 * count - low - 1) / 2 + high - low - 1;
    }

    private int globalLink(int fromGroup, int toGroup, int copy) {
        int low = Math.min(fromGroup, toGroup);
        int high = Math.max(fromGroup, toGroup);
        int cable = pairIndex(low, high, groups) * cablesPerPair + copy;
        return firstGlobalLink + 2 * cable + (fromGroup < toGroup ? 0 : 1);
    }

    private int nearestCable(int from, int to, long hash) {
        int fewest = Integer.MAX_VALUE;
        int count = 0;
        for (int copy = 0; copy < cablesPerPair; copy++) {
            int steps = localSteps(from, to, copy);
            count = steps < fewest ? 1 : steps == fewest ? count + 1 : count;
            fewest = Math.min(fewest, steps);
        }
        int choice = (int) ((hash & Long.MAX_VALUE) % count);
        for (int copy = 0; copy < cablesPerPair; copy++) {
            if (localSteps(from, to, copy) == fewest && choice-- == 0) {
                return copy;
            }
        }
        throw new IllegalStateException("no cable between the groups of routers " + from + " and " + to);
    }

    private int localSteps(int from, int to, int copy) {
        int fromGroup = from / routersPerGroup;
        int toGroup = to / routersPerGroup;
        return (gateway(fromGroup, toGroup, copy) == from ? 0 : 1) + (gateway(toGroup, fromGroup, copy) == to ? 0 : 1);
    }

    @Override
    public int mostLinks() {
        return 5;
    }
}
