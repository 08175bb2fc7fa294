package trainyard.sim.topology;

import java.util.stream.IntStream;

/** Finds vertices of a topology and their links. */
public final class Vertices {

    private Vertices() {}

    /** First vertex of a kind and index within a node; {@link Vertex#NO_NODE} for switches of the fabric. */
    public static int of(Topology topology, VertexKind kind, int node, int index) {
        return IntStream.range(0, topology.vertices())
                .filter(number -> {
                    Vertex vertex = topology.vertex(number);
                    return vertex.kind() == kind && vertex.node() == node && vertex.index() == index;
                })
                .findFirst()
                .orElseThrow();
    }

    /** Links of either direction at a vertex. */
    public static int[] linksAt(Topology topology, int vertex) {
        return IntStream.range(0, topology.links())
                .filter(link -> topology.link(link).from() == vertex
                        || topology.link(link).to() == vertex)
                .toArray();
    }

    /** Sets every link at a vertex, in both directions; 0 takes a switch or a port out of service. */
    public static void setFactor(LinkState state, int vertex, double factor) {
        for (int link : linksAt(state.topology(), vertex)) {
            state.setFactor(link, factor);
        }
    }
}
