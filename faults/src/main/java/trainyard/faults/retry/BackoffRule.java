package trainyard.faults.retry;

import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Waits between tries: {@code min(cap, base factor^i)} after the i-th failure, i from 0, with jitter. No wait follows the
 * last try.
 *
 * @param baseSeconds first wait, 0 or more
 * @param factor growth, at least 1
 * @param capSeconds longest wait, 0 or more; may be infinite
 * @param tries tries in all, at least 1
 * @param jitter how a wait is drawn
 */
public record BackoffRule(double baseSeconds, double factor, double capSeconds, int tries, Jitter jitter) {

    public BackoffRule {
        Objects.requireNonNull(jitter, "jitter");
        if (!(baseSeconds >= 0 && baseSeconds < Double.POSITIVE_INFINITY)
                || !(factor >= 1 && factor < Double.POSITIVE_INFINITY)
                || !(capSeconds >= 0)
                || tries < 1) {
            throw new IllegalArgumentException("a backoff needs a base, a factor of at least 1, a cap and a try, got "
                    + baseSeconds + " s, " + factor + ", " + capSeconds + " s and " + tries);
        }
    }

    /** Whether another try follows the i-th failure, i from 0. */
    public boolean triesAgain(int failure) {
        return failure + 1 < tries;
    }

    /** The wait after the i-th failure without jitter. */
    public double statedSeconds(int failure) {
        return Math.min(capSeconds, baseSeconds * StrictMath.pow(factor, failure));
    }

    /** A wait after the i-th failure. */
    public double waitSeconds(int failure, UniformRandomProvider random) {
        return jitter.draw(statedSeconds(failure), random);
    }

    /** Mean of all waits together where every try fails: how long an outage this outlasts. */
    public double budgetSeconds() {
        double sum = 0;
        for (int failure = 0; triesAgain(failure); failure++) {
            sum += statedSeconds(failure);
        }
        return sum * jitter.meanShare();
    }
}
