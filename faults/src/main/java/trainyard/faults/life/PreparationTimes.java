package trainyard.faults.life;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.SplitMix;

/** Draws how long nodes need that come up beside a running job. */
final class PreparationTimes {

    /** No observation takes as long, so what takes longer has no end in it. */
    private static final double LONGEST_SECONDS = 100.0 * 365 * 24 * 3600;
    /**
     * Two numbers without a common pattern keep the draws of starts and of copies apart. Neither is the increment of SplitMix64,
     * by which the streams of one mark would overlap.
     */
    private static final long START = 0xD1342543DE82EF95L;

    private static final long COPY = 0xC2B2AE3D27D4EB4FL;

    private final RecoveryTimes times;
    private long mark;

    PreparationTimes(RecoveryTimes times) {
        this.times = times;
    }

    /** What is drawn from now on follows from this fault. */
    void follow(long markOfFault) {
        mark = markOfFault;
    }

    long startNanos(int number) {
        return draw(times.initialise(), SplitMix.of(mark + (number + 1) * START));
    }

    long copyNanos(int number) {
        return draw(times.copy(), SplitMix.of(mark + (number + 1) * COPY));
    }

    /** A time in whole nanoseconds, cut where no observation reaches. */
    static long draw(Distribution seconds, UniformRandomProvider draws) {
        return SimTime.nanos(Math.min(LONGEST_SECONDS, seconds.sampler(draws).sample()));
    }
}
