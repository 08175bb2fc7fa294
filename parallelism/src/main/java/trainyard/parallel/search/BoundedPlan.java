package trainyard.parallel.search;

/**
 * A candidate that fits in memory, before its step is priced.
 *
 * @param candidate plan and micro-batch
 * @param atLeastSeconds what the step takes at least
 * @param memoryBytes peak memory of a GPU
 */
record BoundedPlan(Candidate candidate, double atLeastSeconds, double memoryBytes) {

    /** The best that the plan can come to. */
    PricedPlan atBest() {
        return new PricedPlan(candidate, atLeastSeconds, memoryBytes);
    }
}
