package trainyard.training.analytic;

import org.apache.commons.math3.distribution.PoissonDistribution;
import trainyard.sim.checks.Checks;

/** A {@link NoisyQuadraticSgd} against seconds: updates times the time of an update. Derived here. */
public final class ErrorAtTime {

    private static final double LEAST_TERM = 1e-18;
    private static final double MOST_PUSHES = 1e8;

    private ErrorAtTime() {}

    /**
     * Seconds of synchronous SGD, a barrier at every step of a fixed time, until E[w^2] is no more than a target.
     *
     * @param quadratic with the noise of a mean over all workers
     * @throws IllegalArgumentException if the target is never reached
     */
    public static double syncSecondsTo(double target, NoisyQuadraticSgd quadratic, double start, double stepSeconds) {
        Checks.positive("stepSeconds", stepSeconds);
        return stepSeconds * quadratic.updatesTo(target, start, 0);
    }

    /**
     * Seconds of workers that take turns, all steps of one time t, started a P-th of it apart, until E[w^2] is first no more than a
     * target: update k comes at {@code t + (k - 1) t / P} and its gradient is P - 1 updates old.
     *
     * @param quadratic with the noise of one worker
     * @throws IllegalArgumentException if the target is never reached
     */
    public static double roundRobinSecondsTo(
            double target, NoisyQuadraticSgd quadratic, double start, int workers, double stepSeconds) {
        Checks.atLeast("workers", workers, 1);
        Checks.positive("stepSeconds", stepSeconds);
        int updates = quadratic.updatesTo(target, start, workers - 1);
        return updates == 0 ? 0 : stepSeconds + (updates - 1) * stepSeconds / workers;
    }

    /**
     * E[w^2] at a time of asynchronous workers with equal exponential times: the mixture of {@link AsyncQuadratic#meanSquare} over a
     * Poisson number of pushes with mean {@code P mu T}.
     *
     * @param rate mu in 1/s
     * @param seconds T, 0 or more
     * @return infinite where the terms of the mixture are too large for a number
     */
    public static double asyncMeanSquare(AsyncQuadratic async, double start, double rate, double seconds) {
        Checks.positive("rate", rate);
        Checks.notNegative("seconds", seconds);
        double mean = async.workers() * rate * seconds;
        AsyncQuadratic.Moments moments = async.moments(start);
        if (mean == 0) {
            return moments.square();
        }
        if (mean > MOST_PUSHES) {
            throw new IllegalArgumentException("so many pushes (" + mean + ") are not added up");
        }
        PoissonDistribution pushes = new PoissonDistribution(mean);
        double sum = 0;
        for (int n = 0; ; n++) {
            double term = pushes.probability(n) * moments.square();
            sum += term;
            if (!Double.isFinite(sum)) {
                return Double.POSITIVE_INFINITY;
            }
            if (n > mean && term <= LEAST_TERM * sum) {
                return sum;
            }
            moments.push();
        }
    }
}
