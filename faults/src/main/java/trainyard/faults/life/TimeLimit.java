package trainyard.faults.life;

import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;

/**
 * The time limit of a job, and the signal before it: the job saves its state if that is done in time, gives all nodes back and
 * queues again.
 */
final class TimeLimit {

    private final JobState state;
    private final Step requeue;
    private final Activity limit;
    private int signals;
    private int saved;

    /**
     * @param requeue gives all nodes back and queues again
     */
    TimeLimit(JobState state, Step requeue) {
        this.state = state;
        this.requeue = requeue;
        limit = new Activity(state.timeline(), LifePriorities.JOB);
    }

    /** The limit runs from the grant of all nodes until they are given back. */
    void begin() {
        Optional<OnSignal> signal = state.job().checkpoints().onSignal();
        if (signal.isPresent() && !limit.isWaiting()) {
            long until = signal.get().limitNanos() - signal.get().noticeNanos();
            limit.holdNanos(until, now -> preempt(now, signal.get()));
        }
    }

    /** The nodes are given back. */
    void end() {
        limit.interrupt();
    }

    /** The nodes will be taken away: a snapshot counts if it is written by then. */
    private void preempt(long nowNanos, OnSignal signal) {
        signals++;
        limit.holdNanos(signal.noticeNanos(), this::leave);
        Optional<CheckpointLevel> level = state.job()
                .checkpoints()
                .signalLevel()
                .filter(where -> signal.saves() && state.store().reaches(where, nowNanos));
        if (!state.isRunning() || level.isEmpty()) {
            return;
        }
        Activity activity = state.activity();
        long rest = state.work().nanosToBoundary(nowNanos);
        boolean fits = rest + level.get().writeNanos() <= signal.noticeNanos();
        if (fits && !(activity.isWaiting() && activity.remainingNanos() <= rest)) {
            activity.interrupt();
            activity.holdNanos(rest, now -> save(now, level.get()));
        }
    }

    private void save(long nowNanos, CheckpointLevel level) {
        state.interruptRun(nowNanos);
        state.spendNanos(nowNanos, Phase.SAVING, level.writeNanos(), now -> {
            state.work().save(now, level);
            saved++;
            leave(now);
        });
    }

    /** Gives all nodes back and queues again. */
    private void leave(long nowNanos) {
        if (state.phase().is(Phase.DONE) || state.phase().is(Phase.STOPPED)) {
            return;
        }
        state.interruptRun(nowNanos);
        state.activity().interrupt();
        state.incident().strike(Damage.PROCESS);
        state.nodes().withdraw();
        state.phase().enter(nowNanos, Phase.WAITING);
        requeue.run(nowNanos);
    }

    /** Signals so far. */
    int signals() {
        return signals;
    }

    /** Those of them on which a snapshot was written in time. */
    int saved() {
        return saved;
    }
}
