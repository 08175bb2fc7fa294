package trainyard.faults.life.phase;

import java.util.Optional;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;

/**
 * Snapshots on a signal that the nodes will be taken away or fail: on the tier that is written fastest and outlasts the nodes,
 * after the step under way, if the write ends in time.
 */
final class SignalSaves {

    private final JobState state;
    private int signals;
    private int saved;

    SignalSaves(JobState state) {
        this.state = state;
    }

    /**
     * A signal comes.
     *
     * @param noticeNanos time that is left
     * @param cause what comes then, as {@link trainyard.faults.life.record.LifeListener#onPause} has it
     * @param then what the job does once the snapshot is written
     */
    void signal(long nowNanos, long noticeNanos, String cause, Step then) {
        signals++;
        boolean wanted =
                state.job().checkpoints().onSignal().map(OnSignal::saves).orElse(true);
        Optional<CheckpointLevel> level = state.job()
                .checkpoints()
                .signalLevel()
                .filter(where -> wanted && state.store().reaches(where, nowNanos));
        if (!state.isRunning() || level.isEmpty()) {
            return;
        }
        Activity activity = state.activity();
        long rest = state.work().nanosToBoundary(nowNanos);
        boolean fits = rest + level.get().writeNanos() <= noticeNanos;
        if (fits && !(activity.isWaiting() && activity.remainingNanos() <= rest)) {
            activity.interrupt();
            activity.holdNanos(rest, now -> save(now, level.get(), cause, then));
        }
    }

    private void save(long nowNanos, CheckpointLevel level, String cause, Step then) {
        state.endRun(nowNanos);
        state.listener().onPause(nowNanos, cause);
        state.spendNanos(nowNanos, Phase.SAVING, level.writeNanos(), now -> {
            state.work().save(now, level);
            saved++;
            then.run(now);
        });
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
