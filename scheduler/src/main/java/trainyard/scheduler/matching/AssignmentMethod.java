package trainyard.scheduler.matching;

import java.util.Arrays;

/** Ways to give each job a node. All give every job one. */
public enum AssignmentMethod {
    /** Each job in turn takes the cheapest node that has a slot left; of equal ones the first. */
    GREEDY {
        @Override
        public int[] assign(AssignmentProblem problem) {
            int[] left = problem.slots().clone();
            int[] nodeOf = new int[problem.jobs()];
            for (int job = 0; job < nodeOf.length; job++) {
                nodeOf[job] = cheapest(problem.cost()[job], left);
                left[nodeOf[job]]--;
            }
            return nodeOf;
        }
    },
    /**
     * As many jobs as possible on a node that costs them nothing, by a largest matching (Hopcroft and Karp, SIAM Journal on
     * Computing 2(4), 1973); the others greedily. It does not look at what those cost.
     */
    HOPCROFT_KARP {
        @Override
        public int[] assign(AssignmentProblem problem) {
            return Matchings.mostForNothing(problem);
        }
    },
    /** The cheapest of all, as a matching of jobs and slots (Kuhn 1955, Munkres 1957). */
    HUNGARIAN {
        @Override
        public int[] assign(AssignmentProblem problem) {
            return Matchings.cheapest(problem);
        }
    },
    /** The cheapest of all, as a flow from jobs to nodes (capacity scaling: Ahuja, Magnanti and Orlin, "Network Flows", 1993). */
    MIN_COST_FLOW {
        @Override
        public int[] assign(AssignmentProblem problem) {
            return CheapestFlow.assign(problem);
        }
    };

    /** The node of each job. */
    public abstract int[] assign(AssignmentProblem problem);

    /** The cheapest node with a slot left. */
    static int cheapest(long[] cost, int[] left) {
        int best = -1;
        for (int node = 0; node < cost.length; node++) {
            if (left[node] > 0 && (best < 0 || cost[node] < cost[best])) {
                best = node;
            }
        }
        if (best < 0) {
            throw new IllegalStateException("no slot is left of " + Arrays.toString(left));
        }
        return best;
    }
}
