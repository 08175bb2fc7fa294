package trainyard.faults.life.work;

import trainyard.faults.life.cluster.LifePriorities;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;

/** The looks at the state of a running job that is wrong, until one of them finds it. */
final class Inspection {

    private final SilentErrors silent;
    private final Activity nextLook;
    private final Step onFound;

    /**
     * @param silent what is wrong, and when somebody may find it
     * @param onFound told when it is found
     */
    Inspection(Timeline timeline, SilentErrors silent, Step onFound) {
        this.silent = silent;
        this.onFound = onFound;
        nextLook = new Activity(timeline, LifePriorities.JOB);
    }

    /** Waits for the next look at the state, if it is wrong. */
    void await(long nowNanos, Run run) {
        await(nowNanos, nowNanos, run);
    }

    private void await(long nowNanos, long fromNanos, Run run) {
        stop();
        if (silent.isWrong()) {
            silent.nextLook(fromNanos, run).ifPresent(at -> nextLook.holdNanos(at - nowNanos, now -> look(now, run)));
        }
    }

    private void look(long nowNanos, Run run) {
        if (silent.isFound(nowNanos)) {
            onFound.run(nowNanos);
        } else {
            await(nowNanos, nowNanos + 1, run);
        }
    }

    /** The run is over. */
    void stop() {
        nextLook.interrupt();
    }
}
