package trainyard.training.clock;

import trainyard.training.problem.Batch;

/**
 * One gradient that a worker computes: where and of what. It is worked out only if it is applied, since only that is seen.
 *
 * @param worker who computes it
 * @param parameters those read, never changed afterwards
 * @param version number of updates that they had seen when they were read
 * @param batch the examples
 */
public record GradientWork(int worker, double[] parameters, long version, Batch batch) {}
