package trainyard.training.replica;

import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.generate.CompleteGraphGenerator;
import org.jgrapht.generate.GraphGenerator;
import org.jgrapht.generate.RingGraphGenerator;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.jgrapht.util.SupplierUtil;

/** Who may talk to whom. */
public enum GossipTopology {
    /** Each worker has two neighbours. */
    RING,
    /** Each worker is a neighbour of all. */
    COMPLETE;

    /** The neighbours of each of a number of workers, ascending; none of a single one. */
    public List<List<Integer>> neighbours(int workers) {
        Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(
                SupplierUtil.createIntegerSupplier(), SupplierUtil.createDefaultEdgeSupplier(), false);
        if (workers < 3) {
            new CompleteGraphGenerator<Integer, DefaultEdge>(workers).generateGraph(graph);
        } else {
            generator(workers).generateGraph(graph);
        }
        return graph.vertexSet().stream()
                .sorted()
                .map(worker ->
                        Graphs.neighborListOf(graph, worker).stream().sorted().toList())
                .toList();
    }

    private GraphGenerator<Integer, DefaultEdge, Integer> generator(int workers) {
        return switch (this) {
            case RING -> new RingGraphGenerator<>(workers);
            case COMPLETE -> new CompleteGraphGenerator<>(workers);
        };
    }
}
