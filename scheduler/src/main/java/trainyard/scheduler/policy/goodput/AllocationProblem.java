package trainyard.scheduler.policy.goodput;

import java.util.List;

/**
 * Jobs that want GPUs at one moment, and what a matrix of allocations is worth: the power mean of speed-ups
 * {@code (1/J sum (speed-up_j + 0.001)^p)^(1/p)}, the geometric mean for p = 0 (Qiao et al., Pollux, OSDI 2021, section 4.2). The thousandth, so that a job
 * without GPUs does not make all matrices worthless, is that of its simulator.
 *
 * @param jobs at least one
 * @param capacity GPUs of each node that they may have
 * @param closed whether a node must hold no job that is on several ones
 * @param power p, at most 1
 * @param avoidsInterference whether at most one job of those on several nodes is on a node
 */
public record AllocationProblem(
        List<Contender> jobs, int[] capacity, boolean[] closed, double power, boolean avoidsInterference) {

    private static final double WITHOUT_GPUS = 1e-3;

    int nodes() {
        return capacity.length;
    }

    /** What allocations by job are worth. */
    public double fitness(AllocationRow[] rows) {
        double sum = 0;
        for (int job = 0; job < rows.length; job++) {
            double worth = jobs.get(job).worth(rows[job]) + WITHOUT_GPUS;
            sum += power == 0 ? Math.log(worth) : power == -1 ? 1 / worth : Math.pow(worth, power);
        }
        double mean = sum / rows.length;
        return power == 0 ? Math.exp(mean) : Math.pow(mean, 1 / power);
    }
}
