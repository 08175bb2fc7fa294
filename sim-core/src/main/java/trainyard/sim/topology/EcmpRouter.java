package trainyard.sim.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.alg.interfaces.ShortestPathAlgorithm.SingleSourcePaths;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.EdgeReversedGraph;

/**
 * Equal-cost multi-path routing: of the shortest routes between two GPUs, a hash of source, destination and label
 * always picks the same one. While every link on it is up, a route follows from the numbering of the topology. When one
 * has failed, the route is found on the graph of the surviving links, by one search per destination.
 */
public final class EcmpRouter {

    private final Topology topology;
    private final LinkState state;

    private Graph<Integer, Link> survivors;
    private final Map<Integer, SingleSourcePaths<Integer, Link>> pathsTo = new HashMap<>();
    private long knownVersion = -1;

    public EcmpRouter(LinkState state) {
        this.state = state;
        topology = state.topology();
    }

    /**
     * Finds the links from one GPU to another.
     *
     * @param label tells apart flows between the same GPUs, which may then take different routes
     * @param into receives the links
     * @return number of links; 0 from a GPU to itself; -1 if the two are not connected
     * @throws ArrayIndexOutOfBoundsException if a detour around failures is longer than {@code into}
     */
    public int route(int fromGpu, int toGpu, long label, int[] into) {
        if (fromGpu == toGpu) {
            return 0;
        }
        int count = topology.route(fromGpu, toGpu, label, into);
        return state.allUp() || allUp(into, count) ? count : detour(fromGpu, toGpu, label, into);
    }

    private boolean allUp(int[] links, int count) {
        for (int i = 0; i < count; i++) {
            if (!state.isUp(links[i])) {
                return false;
            }
        }
        return true;
    }

    private int detour(int fromGpu, int toGpu, long label, int[] into) {
        forgetStaleSearches();
        int source = topology.gpuVertex(fromGpu);
        int sink = topology.gpuVertex(toGpu);
        var paths = pathsTo.computeIfAbsent(
                sink, to -> new DijkstraShortestPath<>(new EdgeReversedGraph<>(survivors)).getPaths(to));
        long hash = hash(fromGpu, toGpu, label);
        int count = 0;
        for (int at = source; at != sink; at = survivors.getEdgeTarget(topology.link(into[count - 1]))) {
            List<Link> choices = nextHops(at, paths);
            if (choices.isEmpty()) {
                return -1;
            }
            int choice = (int) ((hash & Long.MAX_VALUE) % choices.size());
            into[count++] = choices.get(choice).id();
            hash = mix(hash);
        }
        return count;
    }

    /** The links out of a vertex that lie on a shortest path, in the order of their numbers. */
    private List<Link> nextHops(int at, SingleSourcePaths<Integer, Link> paths) {
        List<Link> choices = new ArrayList<>();
        double distance = paths.getWeight(at);
        if (Double.isInfinite(distance)) {
            return choices;
        }
        for (Link link : survivors.outgoingEdgesOf(at)) {
            if (paths.getWeight(link.to()) + link.kind().routingCost() == distance) {
                choices.add(link);
            }
        }
        return choices;
    }

    private void forgetStaleSearches() {
        if (knownVersion != state.version()) {
            survivors = topology.graph(state);
            pathsTo.clear();
            knownVersion = state.version();
        }
    }

    static long hash(int fromGpu, int toGpu, long label) {
        return mix(mix(((long) fromGpu << 32) ^ toGpu) + label * 0x9E3779B97F4A7C15L);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
