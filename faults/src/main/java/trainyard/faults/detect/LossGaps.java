package trainyard.faults.detect;

import org.apache.commons.rng.UniformRandomProvider;

/** Messages that arrive between two that are lost, each lost with the same chance by itself: geometric. */
final class LossGaps {

    /** More messages than any watch has. */
    static final long NO_LOSS = Long.MAX_VALUE / 4;

    private final double logReceived;
    private final UniformRandomProvider random;

    /**
     * @param loss chance that a message is lost, in [0, 1]
     */
    LossGaps(double loss, UniformRandomProvider random) {
        logReceived = StrictMath.log1p(-loss);
        this.random = random;
    }

    /** How many arrive before the next one is lost. */
    long next() {
        double uniform = 1 - random.nextDouble();
        double gap = logReceived == 0 ? NO_LOSS : Math.floor(StrictMath.log(uniform) / logReceived);
        return (long) Math.min(NO_LOSS, gap);
    }
}
