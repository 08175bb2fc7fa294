package trainyard.faults.life.cluster;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.Timeline;

/**
 * Plays a fault timeline: each fault takes its nodes out of use or makes parts of them slow. One that strikes only what is at
 * work does nothing to nodes that no job holds.
 */
public final class FaultProcess {

    private final Breakage breakage;
    private final SlowParts slow;
    private final FaultListener listener;
    private final HeldNodes held;
    private final FaultReader reader;

    /** What strikes the cluster; the listener is told of each fault once its parts are broken or slow. */
    public FaultProcess(
            Timeline timeline,
            FaultTimeline faults,
            HeldNodes held,
            Breakage breakage,
            SlowParts slow,
            FaultListener listener) {
        this.held = held;
        this.breakage = breakage;
        this.slow = slow;
        this.listener = listener;
        reader = new FaultReader(timeline, faults, 0, this::strike);
    }

    /** Starts at time 0. */
    public void start() {
        reader.start();
    }

    private void strike(long nowNanos, Fault fault) {
        if (fault.cause().traits().onlyAtWork() && !held.holdsAny(fault.firstNode(), fault.endNode())) {
            return;
        }
        if (fault.cause().visibility().stopsJob()) {
            // Nobody takes a node away for a fault that nobody knows of.
            breakage.strike(fault);
        }
        if (fault.cause().traits().slowdown().isPresent()) {
            slow.slow(fault);
        }
        listener.onFault(nowNanos, fault);
    }
}
