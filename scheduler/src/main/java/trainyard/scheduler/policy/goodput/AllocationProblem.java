package trainyard.scheduler.policy.goodput;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    /** What allocations are worth, by job. */
    public double fitness(AllocationRow[] rows) {
        int[] having = IntStream.range(0, rows.length)
                .filter(job -> rows[job].total() > 0)
                .toArray();
        return fitness(having, Arrays.stream(having).mapToObj(job -> rows[job]).toArray(AllocationRow[]::new));
    }

    /**
     * What allocations are worth.
     *
     * @param having jobs that have GPUs
     * @param rows of these jobs
     */
    double fitness(int[] having, AllocationRow[] rows) {
        double sum = (jobs.size() - having.length) * term(0);
        for (int i = 0; i < having.length; i++) {
            sum += term(jobs.get(having[i]).worth(rows[i]));
        }
        double mean = sum / jobs.size();
        return power == 0 ? Math.exp(mean) : Math.pow(mean, 1 / power);
    }

    private double term(double speedUp) {
        double worth = speedUp + WITHOUT_GPUS;
        return power == 0 ? Math.log(worth) : power == -1 ? 1 / worth : Math.pow(worth, power);
    }
}
