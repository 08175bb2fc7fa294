package trainyard.sim.topology;

import java.util.function.IntPredicate;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedWeightedMultigraph;

/** Copies link tables to JGraphT, where searches and analyses of irregular graphs are done. */
final class TopologyGraph {

    private TopologyGraph() {}

    /** The graph of the links that {@code keep} accepts, each weighted with its routing cost. */
    static Graph<Integer, Link> of(int vertices, LinkTable links, IntPredicate keep) {
        Graph<Integer, Link> graph = new DirectedWeightedMultigraph<>(Link.class);
        for (int vertex = 0; vertex < vertices; vertex++) {
            graph.addVertex(vertex);
        }
        for (int id = 0; id < links.size(); id++) {
            if (keep.test(id)) {
                Link link = links.row(id);
                graph.addEdge(link.from(), link.to(), link);
                graph.setEdgeWeight(link, link.kind().routingCost());
            }
        }
        return graph;
    }
}
