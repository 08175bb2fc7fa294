package trainyard.training.analytic;

import java.util.List;
import trainyard.sim.checks.Checks;

/**
 * Gradients per second of all workers under stale synchronous parallel: a worker that has finished c clocks starts the next one
 * only if {@code c - min c_j <= s}. Slack 0 is a barrier at each step. Rule: Q. Ho et al., "More Effective Distributed ML via a
 * Stale Synchronous Parallel Parameter Server" (NIPS 2013); values derived here.
 */
public final class SspThroughput {

    private SspThroughput() {}

    /**
     * Of exponential times. Two workers, r = mu_1 / mu_2: {@code 2 mu_1 (1 - r^(2s+2)) / (1 - r^(2s+3))}, and {@code 2 mu (2s + 2)
     * / (2s + 3)} of equal rates. More of them: the stationary law of the Markov chain of how far each is ahead of the slowest.
     *
     * @param rates clocks per second of each worker while it is not held up, positive
     * @param slack s, 0 or more
     * @throws IllegalArgumentException if the chain has more states than {@value SspChain#MOST_STATES}
     */
    public static double exponential(List<Double> rates, int slack) {
        check(rates, slack);
        return switch (rates.size()) {
            case 1 -> rates.get(0);
            case 2 -> two(rates.get(0), rates.get(1), slack);
            default -> SspChain.of(rates, slack).throughput();
        };
    }

    /**
     * Mean over workers of the share of time that they are held up: {@code 1 - X / (P mu_i)} of each with the throughput X, as in
     * the long run all finish alike many clocks.
     */
    public static double blockedShare(List<Double> rates, int slack) {
        double each = exponential(rates, slack) / rates.size();
        return rates.stream().mapToDouble(rate -> 1 - each / rate).average().orElseThrow();
    }

    /** {@code P / max t_i} in the long run, for any slack: it only delays when the slowest holds up all. */
    public static double deterministic(List<Double> seconds, int slack) {
        check(seconds, slack);
        return seconds.size()
                / seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** {@code sum of 1 / E[X_i]} without a bound, for times of any law. */
    public static double unbounded(List<Double> meanSeconds) {
        check(meanSeconds, 0);
        return meanSeconds.stream().mapToDouble(seconds -> 1 / seconds).sum();
    }

    private static double two(double first, double second, int slack) {
        double ratio = Math.min(first, second) / Math.max(first, second);
        double slow = Math.min(first, second);
        double log = Math.log(ratio);
        return ratio == 1
                ? 2 * slow * (2.0 * slack + 2) / (2.0 * slack + 3)
                : 2 * slow * Math.expm1((2.0 * slack + 2) * log) / Math.expm1((2.0 * slack + 3) * log);
    }

    private static void check(List<Double> values, int slack) {
        Checks.atLeast("P", values.size(), 1);
        Checks.atLeast("slack", slack, 0);
        values.forEach(value -> Checks.positive("rate or time", value));
    }
}
