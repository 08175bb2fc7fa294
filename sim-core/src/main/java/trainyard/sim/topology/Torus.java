package trainyard.sim.topology;

import java.util.Arrays;
import java.util.List;
import trainyard.sim.hardware.ClusterSpec;

/**
 * One router per node on a grid of two or three dimensions whose opposite ends are joined (k-ary n-cube: W. Dally, B.
 * Towles, Principles and Practices of Interconnection Networks, 2004, chapter 5). The rate of a node's ports is divided
 * evenly among its router's links, two per dimension; in a dimension of two routers both links lead to the same one and
 * are built as one of their summed capacity.
 *
 * <p>Routes are dimension-ordered (ibid., section 8.4.2): all the way along the first dimension, the shorter way round,
 * then along the next. Where both ways are equally long the hash chooses.
 */
final class Torus implements Fabric {

    private final ClusterSpec cluster;
    private final TopologyOptions options;
    private final int[] sides;
    private final int ports;

    private int firstPortLink;

    /** First link of each dimension; cable {@code r} of a dimension leads from router {@code r} to its successor. */
    private final int[] firstLink;

    private Torus(ClusterSpec cluster, TopologyOptions options, int[] sides) {
        this.cluster = cluster;
        this.options = options;
        this.sides = sides;
        ports = cluster.node().nics();
        firstLink = new int[sides.length];
    }

    /**
     * @throws IllegalArgumentException if the sides do not multiply to the number of nodes
     */
    static Fabric of(ClusterSpec cluster, TopologyOptions options) {
        List<Integer> given = cluster.fabric().layout().torusSides();
        List<Integer> sides = given.isEmpty() ? squarest(cluster.nodes()) : given;
        long routers = sides.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (routers != cluster.nodes()) {
            throw new IllegalArgumentException("a torus of sides " + sides + " has " + routers
                    + " routers, one for each of " + routers + " nodes, but the cluster has " + cluster.nodes());
        }
        return new Torus(
                cluster, options, sides.stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<Integer> squarest(int nodes) {
        int side = (int) Math.sqrt(nodes);
        while (nodes % side != 0) {
            side--;
        }
        return List.of(nodes / side, side);
    }

    @Override
    public void build(TopologyBuilder builder, int[] nics) {
        int firstRouter = builder.vertices();
        for (int router = 0; router < cluster.nodes(); router++) {
            builder.addVertex(VertexKind.ROUTER, Vertex.NO_NODE, router);
        }
        double achieved = cluster.fabric().achievedFraction();
        firstPortLink = builder.links();
        for (int nic = 0; nic < nics.length; nic++) {
            builder.addCable(
                    nics[nic],
                    firstRouter + nic / ports,
                    LinkKind.NIC_PORT,
                    cluster.node().nicBytesPerSecond() * achieved,
                    cluster.fabric().latencySeconds() / 2);
        }
        double linkBytesPerSecond = cluster.node().scaleOutBytesPerSecond() * achieved / (2 * longSides());
        int stride = 1;
        for (int dimension = 0; dimension < sides.length; dimension++) {
            firstLink[dimension] = builder.links();
            addDimension(builder, firstRouter, dimension, stride, linkBytesPerSecond);
            stride *= sides[dimension];
        }
    }

    private int longSides() {
        int count = 0;
        for (int side : sides) {
            count += side > 1 ? 1 : 0;
        }
        return Math.max(1, count);
    }

    private void addDimension(
            TopologyBuilder builder, int firstRouter, int dimension, int stride, double linkBytesPerSecond) {
        int side = sides[dimension];
        for (int router = 0; router < cluster.nodes(); router++) {
            int place = router / stride % side;
            if (side > 2 || side == 2 && place == 0) {
                int next = router + ((place + 1) % side - place) * stride;
                builder.addCable(
                        firstRouter + router,
                        firstRouter + next,
                        LinkKind.ROUTER_ROUTER,
                        (side == 2 ? 2 : 1) * linkBytesPerSecond,
                        options.switchLatencySeconds());
            }
        }
    }

    @Override
    public int route(int fromNic, int toNic, long hash, int[] into, int at) {
        int next = at;
        into[next++] = firstPortLink + 2 * fromNic;
        int router = fromNic / ports;
        int stride = 1;
        for (int dimension = 0; dimension < sides.length; dimension++) {
            int side = sides[dimension];
            int place = router / stride % side;
            int ahead = Math.floorMod(toNic / ports / stride % side - place, side);
            boolean forwards = 2 * ahead < side || 2 * ahead == side && (hash >>> dimension & 1) == 0;
            for (int left = forwards ? ahead : side - ahead; left > 0 && ahead > 0; left--) {
                int to = Math.floorMod(place + (forwards ? 1 : -1), side);
                int neighbour = router + (to - place) * stride;
                into[next++] = link(dimension, stride, router, neighbour, forwards);
                router = neighbour;
                place = to;
            }
            stride *= side;
        }
        into[next++] = firstPortLink + 2 * toNic + 1;
        return next;
    }

    private int link(int dimension, int stride, int from, int to, boolean forwards) {
        if (sides[dimension] == 2) {
            boolean fromFirst = from / stride % 2 == 0;
            return firstLink[dimension] + 2 * pair(fromFirst ? from : to, stride) + (fromFirst ? 0 : 1);
        }
        return firstLink[dimension] + (forwards ? 2 * from : 2 * to + 1);
    }

    /** Number of a cable in a dimension of two routers, counted over the routers that come first in it. */
    private static int pair(int router, int stride) {
        return router / (2 * stride) * stride + router % stride;
    }

    @Override
    public int mostLinks() {
        return 2 + Arrays.stream(sides).map(side -> side / 2).sum();
    }
}
