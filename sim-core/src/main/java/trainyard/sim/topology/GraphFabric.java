package trainyard.sim.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jgrapht.Graph;
import org.jgrapht.graph.EdgeReversedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricGraph;

/**
 * Switches and cables as a {@link FabricGraph} lists them. Routes have the fewest cables; where several switches lead on
 * equally well, the hash picks one at each step. The search from a destination is done once, when it is first asked for.
 */
final class GraphFabric implements Fabric {

    private final ClusterSpec cluster;
    private final FabricGraph description;
    private final int ports;

    private int[] nics = new int[0];
    private int firstLink;
    private int mostLinks;
    private Graph<Integer, Link> graph = TopologyGraph.of(0, new TopologyBuilder().linkTable(), link -> true);

    /** Cables left to a destination port from each vertex, and so on for each port. */
    private AtomicReferenceArray<int[]> distances = new AtomicReferenceArray<>(0);

    GraphFabric(ClusterSpec cluster) {
        this.cluster = cluster;
        description = cluster.fabric().layout().graph().orElseThrow();
        ports = cluster.node().nics();
    }

    @Override
    public void build(TopologyBuilder builder, int[] nicVertices) {
        nics = nicVertices.clone();
        firstLink = builder.links();
        Map<String, Integer> switches = new LinkedHashMap<>();
        for (FabricGraph.Cable cable : description.cables()) {
            for (int from : ends(builder, switches, cable.from())) {
                for (int to : ends(builder, switches, cable.to())) {
                    boolean atPort = FabricGraph.isNode(cable.from()) || FabricGraph.isNode(cable.to());
                    builder.addCable(
                            from,
                            to,
                            atPort ? LinkKind.NIC_PORT : LinkKind.ROUTER_ROUTER,
                            cable.bytesPerSecond() * cluster.fabric().achievedFraction(),
                            cable.latencySeconds());
                }
            }
        }
        graph = TopologyGraph.of(builder.vertices(), builder.linkTable(), link -> link >= firstLink);
        distances = new AtomicReferenceArray<>(nics.length);
        mostLinks = eccentricity();
    }

    /** Vertices that an end of a cable names; a switch is added when it is first named. */
    private List<Integer> ends(TopologyBuilder builder, Map<String, Integer> switches, String end) {
        if (!FabricGraph.isNode(end)) {
            return List.of(switches.computeIfAbsent(
                    end, name -> builder.addVertex(VertexKind.ROUTER, Vertex.NO_NODE, switches.size())));
        }
        String[] parts = end.substring("node".length()).split("\\.port");
        int node = Integer.parseInt(parts[0]);
        List<Integer> vertices = new ArrayList<>();
        for (int port = 0; port < ports; port++) {
            if (parts.length == 1 || Integer.parseInt(parts[1]) == port) {
                vertices.add(vertexOf(node, port, end));
            }
        }
        if (vertices.isEmpty()) {
            throw new IllegalArgumentException(description.name() + ": " + end + " is beyond the " + ports
                    + " ports of " + cluster.node().name());
        }
        return vertices;
    }

    private int vertexOf(int node, int port, String end) {
        if (node >= cluster.nodes()) {
            throw new IllegalArgumentException(description.name() + ": " + end + " is beyond the " + cluster.nodes()
                    + " nodes of the cluster, which count from 0");
        }
        return nics[node * ports + port];
    }

    /** Most cables between two ports; every port must reach every other. */
    private int eccentricity() {
        int most = 0;
        for (int from = 0; from < nics.length; from++) {
            int[] distance = search(nics[from]);
            for (int to = 0; to < nics.length; to++) {
                if (distance[nics[to]] == Integer.MAX_VALUE) {
                    throw new IllegalArgumentException(description.name() + " has no way from port " + to % ports
                            + " of node " + to / ports + " to port " + from % ports + " of node " + from / ports);
                }
                most = Math.max(most, distance[nics[to]]);
            }
        }
        return most;
    }

    private int[] search(int destination) {
        int[] distance = new int[graph.vertexSet().size()];
        Arrays.fill(distance, Integer.MAX_VALUE);
        var walk = new BreadthFirstIterator<>(new EdgeReversedGraph<>(graph), destination);
        while (walk.hasNext()) {
            int vertex = walk.next();
            distance[vertex] = walk.getDepth(vertex);
        }
        return distance;
    }

    @Override
    public int route(int fromNic, int toNic, long hash, int[] into, int at) {
        int[] distance = distances.get(toNic);
        if (distance == null) {
            distance = search(nics[toNic]);
            distances.set(toNic, distance);
        }
        int next = at;
        long choice = hash;
        for (int vertex = nics[fromNic]; vertex != nics[toNic]; next++) {
            Link link = nextHop(vertex, distance, choice);
            into[next] = link.id();
            vertex = link.to();
            choice = Long.rotateRight(choice, 7);
        }
        return next;
    }

    private Link nextHop(int vertex, int[] distance, long choice) {
        List<Link> closer = new ArrayList<>();
        for (Link link : graph.outgoingEdgesOf(vertex)) {
            if (distance[link.to()] < distance[vertex]) {
                closer.add(link);
            }
        }
        return closer.get((int) ((choice & Long.MAX_VALUE) % closer.size()));
    }

    @Override
    public int mostLinks() {
        return mostLinks;
    }
}
