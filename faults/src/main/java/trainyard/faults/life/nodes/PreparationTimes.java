package trainyard.faults.life.nodes;

import trainyard.faults.cause.MarkStream;
import trainyard.faults.life.account.LifeNanos;
import trainyard.faults.recovery.RecoveryTimes;

/** Draws how long nodes need that come up beside a running job. */
public final class PreparationTimes {

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
        return LifeNanos.draw(times.initialise(), MarkStream.START.of(mark, number + 1));
    }

    long copyNanos(int number) {
        return LifeNanos.draw(times.copy(), MarkStream.COPY.of(mark, number + 1));
    }
}
