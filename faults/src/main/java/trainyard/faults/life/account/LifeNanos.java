package trainyard.faults.life.account;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;

/** Times of a life in whole nanoseconds, cut where no observation reaches. */
public final class LifeNanos {

    /** No observation takes as long, so what takes longer has no end in it. */
    private static final double LONGEST_SECONDS = 100.0 * 365 * 24 * 3600;

    private LifeNanos() {}

    /** Whether a time may end within an observation. */
    public static boolean mayEnd(double seconds) {
        return seconds <= LONGEST_SECONDS;
    }

    /** A time that is known. */
    public static long of(double seconds) {
        return SimTime.nanos(Math.min(LONGEST_SECONDS, seconds));
    }

    /** A time that is drawn. */
    public static long draw(Distribution seconds, UniformRandomProvider draws) {
        return of(seconds.sampler(draws).sample());
    }
}
