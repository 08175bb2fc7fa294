package trainyard.scenario.verify.sgd.fact;

import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/**
 * Delays of an incremental aggregated gradient method with a master (PIAG; A. Aytekin, H. R. Feyzmahdavian, M. Johansson 2016, arXiv
 * 1610.05507): the master keeps the last gradient of each worker and steps along their sum. In an iteration it takes in all
 * gradients that have come, for which it needs one at least, steps, and sends the parameters to those workers. The delay of a worker
 * in iteration k is k less the iteration whose parameters its kept gradient was computed at, so that it grows while the worker
 * computes.
 *
 * @param mean over workers and iterations
 * @param meanOfLargest mean over iterations of the largest of the workers
 * @param p99OfLargest 99th percentile of that
 */
record AggregatedDelays(double mean, double meanOfLargest, double p99OfLargest) {

    private static final int SETTLING = 1_000;
    private static final int ITERATIONS = 100_000;

    /**
     * Plays it.
     *
     * @param workers number of workers
     * @param compute seconds of a gradient
     * @param masterSeconds of one iteration of the master
     */
    static AggregatedDelays play(int workers, Distribution compute, double masterSeconds, RandomStreams streams) {
        ContinuousSampler[] seconds = new ContinuousSampler[workers];
        double[] comes = new double[workers];
        for (int worker = 0; worker < workers; worker++) {
            seconds[worker] = compute.sampler(streams.stream("compute-time", worker));
            comes[worker] = seconds[worker].sample();
        }
        int[] computing = new int[workers];
        int[] kept = new int[workers];
        Tally all = new Tally();
        Tally largest = new Tally();
        double[] largestOf = new double[ITERATIONS];
        double now = 0;
        for (int iteration = 1; iteration <= SETTLING + ITERATIONS; iteration++) {
            double first = Arrays.stream(comes).min().orElseThrow();
            double begins = Math.max(now, first);
            now = begins + masterSeconds;
            int most = 0;
            for (int worker = 0; worker < workers; worker++) {
                if (comes[worker] <= begins) {
                    kept[worker] = computing[worker];
                    computing[worker] = iteration;
                    comes[worker] = now + seconds[worker].sample();
                }
                int delay = iteration - 1 - kept[worker];
                most = Math.max(most, delay);
                if (iteration > SETTLING) {
                    all.add(delay);
                }
            }
            if (iteration > SETTLING) {
                largest.add(most);
                largestOf[iteration - SETTLING - 1] = most;
            }
        }
        Arrays.sort(largestOf);
        return new AggregatedDelays(all.mean(), largest.mean(), largestOf[(int) (0.99 * ITERATIONS)]);
    }
}
