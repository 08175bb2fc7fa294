package trainyard.scheduler.matching;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.interfaces.MatchingAlgorithm.Matching;
import org.jgrapht.alg.matching.HopcroftKarpMaximumCardinalityBipartiteMatching;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/** Assignments as matchings of jobs and slots. Vertices below the number of slots are slots; jobs follow. */
final class Matchings {

    private Matchings() {}

    /** The cheapest assignment. Slots that no job needs are taken by jobs that cost nothing anywhere. */
    static int[] cheapest(AssignmentProblem problem) {
        int[] nodeOfSlot = problem.nodeOfSlot();
        int slots = nodeOfSlot.length;
        Graph<Integer, DefaultWeightedEdge> graph = vertices(slots, slots);
        for (int job = 0; job < slots; job++) {
            for (int slot = 0; slot < slots; slot++) {
                DefaultWeightedEdge edge = graph.addEdge(slots + job, slot);
                graph.setEdgeWeight(edge, job < problem.jobs() ? problem.cost()[job][nodeOfSlot[slot]] : 0);
            }
        }
        Matching<Integer, DefaultWeightedEdge> matching = new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(
                        graph, range(slots, 2 * slots), range(0, slots))
                .getMatching();
        return nodes(problem, graph, matching, nodeOfSlot);
    }

    /** As many jobs as possible where they cost nothing, the others greedily. */
    static int[] mostForNothing(AssignmentProblem problem) {
        int[] nodeOfSlot = problem.nodeOfSlot();
        int slots = nodeOfSlot.length;
        Graph<Integer, DefaultWeightedEdge> graph = vertices(slots, problem.jobs());
        for (int job = 0; job < problem.jobs(); job++) {
            for (int slot = 0; slot < slots; slot++) {
                if (problem.cost()[job][nodeOfSlot[slot]] == 0) {
                    graph.addEdge(slots + job, slot);
                }
            }
        }
        Matching<Integer, DefaultWeightedEdge> matching = new HopcroftKarpMaximumCardinalityBipartiteMatching<>(
                        graph, range(slots, slots + problem.jobs()), range(0, slots))
                .getMatching();
        return withOthers(problem, nodes(problem, graph, matching, nodeOfSlot));
    }

    private static int[] withOthers(AssignmentProblem problem, int[] nodeOf) {
        int[] left = problem.slots().clone();
        Arrays.stream(nodeOf).filter(node -> node >= 0).forEach(node -> left[node]--);
        for (int job = 0; job < nodeOf.length; job++) {
            if (nodeOf[job] < 0) {
                nodeOf[job] = AssignmentMethod.cheapest(problem.cost()[job], left);
                left[nodeOf[job]]--;
            }
        }
        return nodeOf;
    }

    private static Graph<Integer, DefaultWeightedEdge> vertices(int slots, int jobs) {
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        range(0, slots + jobs).forEach(graph::addVertex);
        return graph;
    }

    private static Set<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    /** The node of each job, -1 where it is not matched. */
    private static int[] nodes(
            AssignmentProblem problem,
            Graph<Integer, DefaultWeightedEdge> graph,
            Matching<Integer, DefaultWeightedEdge> matching,
            int[] nodeOfSlot) {
        int[] nodeOf = new int[problem.jobs()];
        Arrays.fill(nodeOf, -1);
        for (DefaultWeightedEdge edge : matching.getEdges()) {
            int one = graph.getEdgeSource(edge);
            int other = graph.getEdgeTarget(edge);
            int job = Math.max(one, other) - nodeOfSlot.length;
            if (job < nodeOf.length) {
                nodeOf[job] = nodeOfSlot[Math.min(one, other)];
            }
        }
        return nodeOf;
    }
}
