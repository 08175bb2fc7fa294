package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;

/**
 * One change of a plan and what it leads to.
 *
 * @param change what to set, as scenarios name it, such as {@code recompute: full}
 * @param job the job with that change
 */
public record Remedy(String change, TrainingJob job) {}
