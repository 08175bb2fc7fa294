package trainyard.parallel.search;

import trainyard.parallel.plan.ParallelPlan;

/**
 * One point of the search space.
 *
 * @param index its place in the order of the space, from 0; it breaks ties
 * @param plan how the job is spread
 * @param micro sequences of a micro-batch
 */
public record Candidate(int index, ParallelPlan plan, int micro) {}
