package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Attempts that succeed with the same chance each, with a wait of {@code b g^i} after the i-th failure, i from 0. With
 * full jitter each wait is uniform between 0 and that, half of it on average.
 *
 * @param baseSeconds first wait b, positive
 * @param factor growth g, at least 1
 * @param successProbability chance p of one attempt, above 0
 */
public record Backoff(double baseSeconds, double factor, double successProbability) {

    public Backoff {
        Checks.positive("baseSeconds", baseSeconds);
        if (!(factor >= 1 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor (" + factor + ") must be at least 1 and finite");
        }
        Checks.probability("successProbability", successProbability);
        Checks.positive("successProbability", successProbability);
    }

    /**
     * {@code b (1 - p) / (1 - g (1 - p))}: mean of all waits without a cap or a limit of attempts; infinite where {@code g
     * (1 - p) >= 1}. The variance is infinite from {@code g^2 (1 - p) >= 1} on, so that a sample mean says little there.
     */
    public double meanUncappedSeconds() {
        double failure = 1 - successProbability;
        return factor * failure >= 1 ? Double.POSITIVE_INFINITY : baseSeconds * failure / (1 - factor * failure);
    }

    /** Half of {@link #meanUncappedSeconds}. */
    public double meanUncappedSecondsWithFullJitter() {
        return meanUncappedSeconds() / 2;
    }

    /**
     * {@code sum over i from 0 to n - 2 of min(cap, b g^i) (1 - p)^(i + 1)}: no wait follows the last of n attempts.
     *
     * @param capSeconds longest wait, positive
     * @param attempts n, at least 1
     */
    public double meanCappedSeconds(double capSeconds, int attempts) {
        Checks.positive("capSeconds", capSeconds);
        Checks.atLeast("attempts", attempts, 1);
        double sum = 0;
        double wait = baseSeconds;
        double reached = 1 - successProbability;
        for (int i = 0; i <= attempts - 2 && reached > 0; i++) {
            sum += Math.min(capSeconds, wait) * reached;
            wait *= factor;
            reached *= 1 - successProbability;
        }
        return sum;
    }

    /** {@code (1 - p)^n}: chance that all of n attempts fail. */
    public static double giveUpProbability(double successProbability, int attempts) {
        Checks.probability("successProbability", successProbability);
        Checks.atLeast("attempts", attempts, 1);
        return Math.pow(1 - successProbability, attempts);
    }
}
