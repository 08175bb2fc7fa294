package trainyard.scheduler.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.DinicMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.junit.jupiter.api.Test;

class AssignmentMethodTest {

    /** Greedy gives job 0 the node that job 1 cannot do without: 1 + 10 against 2 + 1. */
    @Test
    void greedyIsNotCheapest() {
        AssignmentProblem problem = new AssignmentProblem(new int[] {1, 1}, new long[][] {{1, 2}, {1, 10}});

        assertThat(AssignmentMethod.GREEDY.assign(problem)).containsExactly(0, 1);
        assertThat(AssignmentMethod.HUNGARIAN.assign(problem)).containsExactly(1, 0);
        assertThat(AssignmentMethod.MIN_COST_FLOW.assign(problem)).containsExactly(1, 0);
    }

    /** Two jobs could read at once where greedy lets one: the matching finds both, though a third pays 100. */
    @Test
    void largestMatchingLetsMostJobsReadForNothing() {
        AssignmentProblem problem =
                new AssignmentProblem(new int[] {1, 1, 1}, new long[][] {{0, 0, 5}, {0, 7, 7}, {6, 6, 100}});

        assertThat(AssignmentMethod.GREEDY.assign(problem)).containsExactly(0, 1, 2);
        assertThat(AssignmentMethod.HOPCROFT_KARP.assign(problem)).containsExactly(1, 0, 2);
        assertThat(problem.cost(AssignmentMethod.HOPCROFT_KARP.assign(problem))).isEqualTo(100);
        assertThat(problem.cost(AssignmentMethod.HUNGARIAN.assign(problem))).isEqualTo(11);
    }

    @Test
    void exactMethodsFindTheCheapestOfAllAssignments() {
        for (int seed = 0; seed < 300; seed++) {
            AssignmentProblem problem = random(new SplittableRandom(seed), 5, 3);
            long cheapest = cheapest(problem, 0, problem.slots().clone());

            for (AssignmentMethod method : AssignmentMethod.values()) {
                int[] nodeOf = method.assign(problem);
                assertThat(keepsSlots(problem, nodeOf))
                        .as("seed %d %s", seed, method)
                        .isTrue();
                assertThat(problem.cost(nodeOf)).as("seed %d %s", seed, method).isGreaterThanOrEqualTo(cheapest);
            }
            assertThat(problem.cost(AssignmentMethod.HUNGARIAN.assign(problem)))
                    .as("seed %d", seed)
                    .isEqualTo(cheapest);
            assertThat(problem.cost(AssignmentMethod.MIN_COST_FLOW.assign(problem)))
                    .as("seed %d", seed)
                    .isEqualTo(cheapest);
        }
    }

    @Test
    void largestMatchingIsTheLargestFlow() {
        for (int seed = 0; seed < 200; seed++) {
            AssignmentProblem problem = random(new SplittableRandom(seed), 12, 5);
            int[] nodeOf = AssignmentMethod.HOPCROFT_KARP.assign(problem);
            long free = 0;
            for (int job = 0; job < nodeOf.length; job++) {
                free += problem.cost()[job][nodeOf[job]] == 0 ? 1 : 0;
            }
            assertThat((double) free).as("seed %d", seed).isEqualTo(largestFlow(problem));
        }
    }

    @Test
    void refusesMoreJobsThanSlots() {
        assertThatThrownBy(() -> new AssignmentProblem(new int[] {1}, new long[][] {{1}, {2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 jobs need as many slots");
    }

    private static double largestFlow(AssignmentProblem problem) {
        Graph<String, DefaultWeightedEdge> graph = new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        graph.addVertex("from");
        graph.addVertex("to");
        for (int node = 0; node < problem.nodes(); node++) {
            graph.addVertex("node" + node);
            graph.setEdgeWeight(graph.addEdge("node" + node, "to"), problem.slots()[node]);
        }
        for (int job = 0; job < problem.jobs(); job++) {
            graph.addVertex("job" + job);
            graph.setEdgeWeight(graph.addEdge("from", "job" + job), 1);
            for (int node = 0; node < problem.nodes(); node++) {
                if (problem.cost()[job][node] == 0) {
                    graph.setEdgeWeight(graph.addEdge("job" + job, "node" + node), 1);
                }
            }
        }
        return new DinicMFImpl<>(graph).getMaximumFlowValue("from", "to");
    }

    private static AssignmentProblem random(SplittableRandom random, int jobs, int nodes) {
        int[] slots = new int[nodes];
        while (Arrays.stream(slots).sum() < jobs) {
            slots[random.nextInt(nodes)]++;
        }
        long[][] cost = new long[jobs][nodes];
        for (long[] ofJob : cost) {
            Arrays.setAll(ofJob, node -> Math.max(0, random.nextLong(12) - 3));
        }
        return new AssignmentProblem(slots, cost);
    }

    private static boolean keepsSlots(AssignmentProblem problem, int[] nodeOf) {
        int[] left = problem.slots().clone();
        Arrays.stream(nodeOf).forEach(node -> left[node]--);
        return Arrays.stream(left).allMatch(some -> some >= 0);
    }

    private static long cheapest(AssignmentProblem problem, int job, int[] left) {
        if (job == problem.jobs()) {
            return 0;
        }
        long best = Long.MAX_VALUE;
        for (int node = 0; node < left.length; node++) {
            if (left[node] > 0) {
                left[node]--;
                best = Math.min(best, problem.cost()[job][node] + cheapest(problem, job + 1, left));
                left[node]++;
            }
        }
        return best;
    }
}
