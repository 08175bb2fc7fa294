package trainyard.faults.life;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Timeline;

/** Plays a fault timeline: each fault takes its nodes out of use or makes parts of them slow. */
final class FaultProcess {

    private final FaultTimeline faults;
    private final Breakage breakage;
    private final SlowParts slow;
    private final FaultListener listener;
    private final Activity life;

    FaultProcess(Timeline timeline, FaultTimeline faults, Breakage breakage, SlowParts slow, FaultListener listener) {
        this.faults = faults;
        this.breakage = breakage;
        this.slow = slow;
        this.listener = listener;
        life = new Activity(timeline, LifePriorities.FAULT);
    }

    /** Starts at time 0. */
    void start() {
        awaitNext(0);
    }

    private void awaitNext(long nowNanos) {
        long next = faults.nextNanos();
        if (next < Long.MAX_VALUE) {
            life.holdNanos(next - nowNanos, this::strike);
        }
    }

    private void strike(long nowNanos) {
        Fault fault = faults.take();
        if (fault.cause().visibility().stopsJob()) {
            // Nobody takes a node away for a fault that nobody knows of.
            breakage.strike(fault);
        }
        if (fault.cause().traits().slowdown().isPresent()) {
            slow.slow(fault);
        }
        listener.onFault(nowNanos, fault);
        awaitNext(nowNanos);
    }
}
