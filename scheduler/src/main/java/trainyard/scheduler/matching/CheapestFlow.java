package trainyard.scheduler.matching;

import java.util.Map;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.mincost.CapacityScalingMinimumCostFlow;
import org.jgrapht.alg.flow.mincost.MinimumCostFlowProblem.MinimumCostFlowProblemImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/**
 * The cheapest assignment as a flow: one unit leaves each job, may go to any node at its cost, and on from the node to the sink
 * as far as it has slots. Vertices: the sink 0, nodes from 1 on, jobs behind them.
 */
final class CheapestFlow {

    private static final int SINK = 0;

    private CheapestFlow() {}

    static int[] assign(AssignmentProblem problem) {
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        int firstJob = 1 + problem.nodes();
        IntStream.range(0, firstJob + problem.jobs()).forEach(graph::addVertex);
        for (int node = 0; node < problem.nodes(); node++) {
            graph.setEdgeWeight(graph.addEdge(1 + node, SINK), 0);
            for (int job = 0; job < problem.jobs(); job++) {
                graph.setEdgeWeight(graph.addEdge(firstJob + job, 1 + node), problem.cost()[job][node]);
            }
        }
        int[] slots = problem.slots();
        Map<DefaultWeightedEdge, Double> flow = new CapacityScalingMinimumCostFlow<Integer, DefaultWeightedEdge>()
                .getMinimumCostFlow(new MinimumCostFlowProblemImpl<>(
                        graph,
                        vertex -> vertex == SINK ? -problem.jobs() : vertex >= firstJob ? 1 : 0,
                        edge -> graph.getEdgeTarget(edge) == SINK ? slots[graph.getEdgeSource(edge) - 1] : 1))
                .getFlowMap();
        int[] nodeOf = new int[problem.jobs()];
        flow.forEach((edge, units) -> {
            if (units > 0 && graph.getEdgeTarget(edge) != SINK) {
                nodeOf[graph.getEdgeSource(edge) - firstJob] = graph.getEdgeTarget(edge) - 1;
            }
        });
        return nodeOf;
    }
}
