package trainyard.parallel.search;

import trainyard.parallel.step.PlanPricer;

/**
 * What one thread of a search judges plans with. Not thread-safe.
 *
 * @param memory what a plan needs on a GPU
 * @param pricer what its step takes
 */
record Appraiser(SteadyMemory memory, PlanPricer pricer) {}
