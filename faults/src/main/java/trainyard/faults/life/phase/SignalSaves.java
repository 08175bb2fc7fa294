package trainyard.faults.life.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.sim.engine.Step;

/**
 * Snapshots on a signal that the nodes will be taken away or fail: on the tier that is written fastest and outlasts the nodes,
 * after the step under way, if the write ends in time.
 */
final class SignalSaves {

    private final JobState state;
    /** When what was announced comes, where no snapshot has been written since. */
    private final List<Long> announced = new ArrayList<>();

    /** What the job does once the snapshot that it waits for or writes is there; empty where there is no such snapshot. */
    private Optional<Step> then = Optional.empty();

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
     * @param isLast whether the job leaves its nodes behind the snapshot, so that it obeys no other signal after it
     * @param next what the job does once the snapshot is written
     */
    void signal(long nowNanos, long noticeNanos, String cause, boolean isLast, Step next) {
        signals++;
        announced.removeIf(at -> at < nowNanos);
        announced.add(nowNanos + noticeNanos);
        if (then.isPresent()) {
            // The snapshot to come serves this signal too, if it is in time.
            then = isLast ? Optional.of(next) : then;
            return;
        }
        boolean wanted =
                state.job().checkpoints().onSignal().map(OnSignal::saves).orElse(true);
        Optional<CheckpointLevel> level = state.job()
                .checkpoints()
                .signalLevel()
                .filter(where -> wanted && state.store().reaches(where, nowNanos));
        if (!state.isRunning() || level.isEmpty()) {
            return;
        }
        long rest = state.work().nanosToBoundary(nowNanos);
        boolean fits = rest + level.get().writeNanos() <= noticeNanos;
        if (fits && !state.work().isDoneBy(nowNanos + rest)) {
            // Whatever else was to come then, such as a change of pace, comes behind the snapshot.
            state.activity().interrupt();
            then = Optional.of(next);
            state.activity().holdNanos(rest, now -> save(now, level.get(), cause));
        }
    }

    private void save(long nowNanos, CheckpointLevel level, String cause) {
        state.endRun(nowNanos);
        state.listener().onPause(nowNanos, cause);
        state.spendNanos(nowNanos, Phase.SAVING, level.writeNanos(), now -> {
            state.work().save(now, level);
            announced.removeIf(at -> at < now);
            saved += announced.size();
            announced.clear();
            Step next = then.orElseThrow();
            then = Optional.empty();
            next.run(now);
        });
    }

    /** The job stops: a snapshot that it was to write is not written. */
    void abandon() {
        then = Optional.empty();
    }

    /** Signals so far. */
    int signals() {
        return signals;
    }

    /** Those of them for which a snapshot was written in time; one may be for several. */
    int saved() {
        return saved;
    }
}
