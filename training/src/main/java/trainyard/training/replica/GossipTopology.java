package trainyard.training.replica;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
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

    /**
     * One less the second largest eigenvalue of the mean of the mixing matrices, where a worker drawn evenly averages with one of
     * its neighbours drawn evenly: after k exchanges the mean squared distance from the common mean is at most {@code (1 - gap)^k}
     * of that before (Boyd et al. 2006, randomized gossip). 1 for a single worker.
     */
    public double spectralGap(int workers) {
        if (workers == 1) {
            return 1;
        }
        RealMatrix mean = new Array2DRowRealMatrix(workers, workers);
        List<List<Integer>> neighbours = neighbours(workers);
        for (int i = 0; i < workers; i++) {
            mean.addToEntry(i, i, 1);
        }
        for (int i = 0; i < workers; i++) {
            for (int j : neighbours.get(i)) {
                double half = 0.5 / (workers * neighbours.get(i).size());
                mean.addToEntry(i, i, -half);
                mean.addToEntry(j, j, -half);
                mean.addToEntry(i, j, half);
                mean.addToEntry(j, i, half);
            }
        }
        double[] values = new EigenDecomposition(mean).getRealEigenvalues();
        Arrays.sort(values);
        return 1 - values[workers - 2];
    }
}
