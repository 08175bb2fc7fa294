package trainyard.scheduler.policy.sia;

import java.util.List;

/**
 * The program in integers of Sia (SOSP 2023, section 3): each job has one of its options or none, no pool gives more GPUs than it has, and the sum of
 * what options are worth is as large as possible: a knapsack with several capacities and one choice in each class.
 *
 * <p>Pools are few and jobs many, and that is what it is solved by. {@link PoolPrices} gives the prices of GPUs in each pool at which the
 * bound of the relaxation, {@code sum over pools of price x GPUs + sum over jobs of max(0, worth - price x GPUs)}, is least. At these prices
 * nearly all jobs have one best option, and a {@link GreedyChoice} begins there. Where it is further from the bound than {@link #TOLERANCE}, {@link CoreSearch} looks
 * at all options that may be in a better one.
 *
 * <p>A general solver does not use that: OjAlgo 55.2 took 5 s to more than a minute for 100 jobs on 200 GPUs, and had found no choice for 500 on 1,000 after 70 s,
 * too slow for a program a minute.
 */
final class ConfigurationProgram {

    /** Relative distance from the bound at which the search ends, that of Sia's simulator (sia_solver_thresh = 1e-4). */
    static final double TOLERANCE = 1e-4;

    /** A job without GPUs. */
    static final int NONE = -1;

    private final List<List<Option>> jobs;
    private final int[] capacity;

    /**
     * One way to run a job.
     *
     * @param pool number of the pool
     * @param gpus that it takes away from the others, at least 1
     * @param worth over having none
     */
    record Option(int pool, int gpus, double worth) {}

    /**
     * A choice.
     *
     * @param chosen index of the option of each job, or {@link #NONE}
     * @param worth of the choice
     * @param bound no choice is worth more
     */
    record Solution(int[] chosen, double worth, double bound) {}

    private ConfigurationProgram(List<List<Option>> jobs, int[] capacity) {
        this.jobs = jobs;
        this.capacity = capacity;
    }

    /**
     * The best choice, to the tolerance.
     *
     * @param jobs options of each job
     * @param capacity GPUs of each pool
     */
    static Solution solve(List<List<Option>> jobs, int[] capacity) {
        return new ConfigurationProgram(jobs, capacity).solve();
    }

    private Solution solve() {
        PoolPrices prices = PoolPrices.of(jobs, capacity);
        int[] chosen = new GreedyChoice(jobs, capacity, prices.prices()).choose();
        double gap = prices.bound() - worth(chosen);
        if (gap > TOLERANCE * prices.bound()) {
            chosen = new CoreSearch(jobs, capacity, prices).better(chosen, gap);
        }
        return new Solution(chosen, worth(chosen), prices.bound());
    }

    private double worth(int[] chosen) {
        double sum = 0;
        for (int job = 0; job < chosen.length; job++) {
            sum += chosen[job] == NONE ? 0 : jobs.get(job).get(chosen[job]).worth();
        }
        return sum;
    }
}
