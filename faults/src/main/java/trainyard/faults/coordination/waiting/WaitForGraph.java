package trainyard.faults.coordination.waiting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.alg.interfaces.ShortestPathAlgorithm.SingleSourcePaths;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultDirectedGraph;

/**
 * Who waits for whom. Each wait needs all whom it names, so a cycle never ends: it is a deadlock (Coffman, Elphick and
 * Shoshani 1971, "System Deadlocks", Computing Surveys 3(2)).
 *
 * @param waits the edges
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

    /**
     * A shortest cycle through a party; it begins with the one of its waits that comes first in the graph. Empty where there is none.
     *
     * @param party one of those who wait
     */
    public List<Wait> cycle(String party) {
        Graph<String, Wait> graph = new DefaultDirectedGraph<>(Wait.class);
        for (Wait wait : waits) {
            graph.addVertex(wait.who());
            graph.addVertex(wait.whom());
            graph.addEdge(wait.who(), wait.whom(), wait);
        }
        if (!graph.containsVertex(party)) {
            return List.of();
        }
        SingleSourcePaths<String, Wait> paths = new BFSShortestPath<>(graph).getPaths(party);
        List<Wait> cycle = graph.incomingEdgesOf(party).stream()
                .filter(last -> Double.isFinite(paths.getWeight(last.who())))
                .min(Comparator.comparingDouble(last -> paths.getWeight(last.who())))
                .map(last -> closed(paths.getPath(last.who()).getEdgeList(), last))
                .orElse(List.of());
        int first = waits.stream()
                .filter(cycle::contains)
                .findFirst()
                .map(cycle::indexOf)
                .orElse(0);
        Collections.rotate(cycle, -first);
        return cycle;
    }

    private static List<Wait> closed(List<Wait> path, Wait last) {
        List<Wait> cycle = new ArrayList<>(path);
        cycle.add(last);
        return cycle;
    }
}
