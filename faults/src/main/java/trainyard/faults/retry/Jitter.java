package trainyard.faults.retry;

import org.apache.commons.rng.UniformRandomProvider;

/** How a wait is drawn from the one that the rule states (Brooker 2015, "Exponential backoff and jitter", AWS). */
public enum Jitter {
    /** The stated wait. */
    NONE,
    /** Uniform between 0 and the stated wait. */
    FULL,
    /** Half of the stated wait, and uniform between 0 and the other half on top. */
    EQUAL;

    double draw(double seconds, UniformRandomProvider random) {
        return switch (this) {
            case NONE -> seconds;
            case FULL -> seconds * random.nextDouble();
            case EQUAL -> seconds / 2 * (1 + random.nextDouble());
        };
    }

    /** Mean of the draw over the stated wait. */
    public double meanShare() {
        return switch (this) {
            case NONE -> 1;
            case FULL -> 0.5;
            case EQUAL -> 0.75;
        };
    }
}
