package trainyard.parallel.search;

/**
 * A candidate with what it takes.
 *
 * @param candidate plan and micro-batch
 * @param seconds analytic time of one step
 * @param memoryBytes peak memory of a GPU
 */
public record PricedPlan(Candidate candidate, double seconds, double memoryBytes) {

    public int gpus() {
        return candidate.plan().gpus();
    }

    /** GPU-seconds of one step. */
    public double gpuSeconds() {
        return seconds * gpus();
    }

    /** Whether it is nowhere worse than another in time, memory and cost, and somewhere better. */
    boolean dominates(PricedPlan other) {
        boolean nowhereWorse =
                seconds <= other.seconds && memoryBytes <= other.memoryBytes && gpuSeconds() <= other.gpuSeconds();
        return nowhereWorse
                && (seconds < other.seconds || memoryBytes < other.memoryBytes || gpuSeconds() < other.gpuSeconds());
    }

    boolean samePoint(PricedPlan other) {
        return seconds == other.seconds && memoryBytes == other.memoryBytes && gpuSeconds() == other.gpuSeconds();
    }
}
