package trainyard.faults.life.cluster;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Timeline;

/** Reads a fault timeline as time goes on: each fault so long before it strikes, but none before the start. */
final class FaultReader {

    private final FaultTimeline faults;
    private final long aheadNanos;
    private final FaultListener reader;
    private final Activity life;

    /**
     * @param faults a timeline that nobody else reads
     * @param aheadNanos how long before it strikes a fault is read, 0 or more
     * @param reader told of each fault when it is read
     */
    FaultReader(Timeline timeline, FaultTimeline faults, long aheadNanos, FaultListener reader) {
        this.faults = faults;
        this.aheadNanos = aheadNanos;
        this.reader = reader;
        life = new Activity(timeline, LifePriorities.FAULT);
    }

    /** Starts at time 0. */
    void start() {
        awaitNext(0);
    }

    private void awaitNext(long nowNanos) {
        long next = faults.nextNanos();
        if (next < Long.MAX_VALUE) {
            life.holdNanos(Math.max(0, next - aheadNanos - nowNanos), this::read);
        }
    }

    private void read(long nowNanos) {
        Fault fault = faults.take();
        reader.onFault(nowNanos, fault);
        awaitNext(nowNanos);
    }
}
