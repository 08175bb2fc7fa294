package trainyard.faults.life.phase;

import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.life.cluster.LifePriorities;
import trainyard.faults.life.record.LifeRecord;
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
    private final SignalSaves saves;

    /**
     * @param saves takes snapshots on signals
     * @param requeue gives all nodes back and queues again
     */
    TimeLimit(JobState state, SignalSaves saves, Step requeue) {
        this.state = state;
        this.saves = saves;
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
        if (isOver()) {
            return;
        }
        limit.holdNanos(signal.noticeNanos(), this::leave);
        saves.signal(nowNanos, signal.noticeNanos(), LifeRecord.TIME_LIMIT, true, this::leave);
    }

    private boolean isOver() {
        return state.phase().is(Phase.DONE) || state.phase().is(Phase.STOPPED);
    }

    /** Gives all nodes back and queues again. */
    private void leave(long nowNanos) {
        if (isOver()) {
            return;
        }
        state.endRun(nowNanos);
        state.supervisor().notice(nowNanos);
        state.listener().onPause(nowNanos, LifeRecord.TIME_LIMIT);
        state.activity().interrupt();
        saves.abandon();
        state.standstill().strike(Damage.PROCESS);
        state.phase().enter(nowNanos, Phase.WAITING);
        requeue.run(nowNanos);
    }
}
