package trainyard.faults.life.nodes;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.MarkStream;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;

/** Draws how long nodes need that come up beside a running job. */
public final class PreparationTimes {

    /** No observation takes as long, so what takes longer has no end in it. */
    private static final double LONGEST_SECONDS = 100.0 * 365 * 24 * 3600;

    private final RecoveryTimes times;
    private long mark;

    /** Times that are drawn from those of the job. */
    public PreparationTimes(RecoveryTimes times) {
        this.times = times;
    }

    /** What is drawn from now on follows from this fault. */
    public void follow(long markOfFault) {
        mark = markOfFault;
    }

    long startNanos(int number) {
        return draw(times.initialise(), MarkStream.START.of(mark, number + 1));
    }

    long copyNanos(int number) {
        return draw(times.copy(), MarkStream.COPY.of(mark, number + 1));
    }

    /** A time in whole nanoseconds, cut where no observation reaches. */
    public static long draw(Distribution seconds, UniformRandomProvider draws) {
        return SimTime.nanos(Math.min(LONGEST_SECONDS, seconds.sampler(draws).sample()));
    }
}
