package trainyard.faults.coordination.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultDirectedGraph;

/**
 * Who waits for whom. Each wait needs all whom it names, so a cycle never ends: it is a deadlock (Coffman, Elphick and
 * Shoshani 1971, "System Deadlocks", Computing Surveys 3(2)).
 *
 * @param waits the edges, in the order in which the waits began
 */
public record WaitForGraph(List<Wait> waits) {

    /**
     * One party waits for another.
     *
     * @param who the one that waits
     * @param whom the one that it waits for
     * @param what what it waits in, such as {@code lock shard-0}
     */
    public record Wait(String who, String whom, String what) {}

    public WaitForGraph {
        waits = List.copyOf(waits);
    }

    /** A shortest cycle, from the first wait that lies on one; empty where there is none. */
    public List<Wait> cycle() {
        Graph<String, Wait> graph = new DefaultDirectedGraph<>(Wait.class);
        for (Wait wait : waits) {
            graph.addVertex(wait.who());
            graph.addVertex(wait.whom());
            graph.addEdge(wait.who(), wait.whom(), wait);
        }
        List<Wait> shortest = List.of();
        for (Set<String> component : new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
            for (Wait wait : graph.edgeSet()) {
                if (component.contains(wait.who()) && component.contains(wait.whom())) {
                    GraphPath<String, Wait> back = BFSShortestPath.findPathBetween(graph, wait.whom(), wait.who());
                    List<Wait> cycle = new ArrayList<>(List.of(wait));
                    cycle.addAll(back.getEdgeList());
                    if (shortest.isEmpty() || cycle.size() < shortest.size()) {
                        shortest = cycle;
                    }
                }
            }
        }
        return List.copyOf(shortest);
    }
}
