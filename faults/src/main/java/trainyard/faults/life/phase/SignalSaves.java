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
    private final Step goOn;
    /** When what was announced comes, where no snapshot has been written since. */
    private final List<Long> announced = new ArrayList<>();
    /** What asks for a snapshot that is not written yet; empty where nothing does. */
    private Optional<Signal> asks = Optional.empty();
    /** What the job does once the snapshot that it waits for or writes is there; empty where there is no such snapshot. */
    private Optional<Step> then = Optional.empty();

    private int signals;
    private int saved;

    /**
     * @param untilNanos by when the snapshot has to be written
     * @param cause what comes then
     * @param next what the job does once the snapshot is written
     */
    private record Signal(long untilNanos, String cause, Step next) {

        Signal and(long otherUntilNanos, Step nextOfBoth) {
            return new Signal(Math.max(untilNanos, otherUntilNanos), cause, nextOfBoth);
        }
    }

    /**
     * @param goOn takes a job on that cannot write the snapshot after all
     */
    SignalSaves(JobState state, Step goOn) {
        this.state = state;
        this.goOn = goOn;
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
            asks = asks.map(first -> first.and(nowNanos + noticeNanos, then.orElseThrow()));
            return;
        }
        asks = Optional.of(new Signal(nowNanos + noticeNanos, cause, next));
        plan(nowNanos);
    }

    /** Lets the step under way end and then writes a snapshot, where that is in time. */
    private void plan(long nowNanos) {
        if (asks.isEmpty() || !state.isRunning()) {
            return;
        }
        then = Optional.empty();
        long rest = state.work().nanosToBoundary(nowNanos);
        Optional<CheckpointLevel> level = level(nowNanos, rest, asks.get());
        if (level.isPresent() && !state.work().isDoneBy(nowNanos + rest)) {
            // Whatever else was to come then, such as a change of pace, comes behind the snapshot.
            state.activity().interrupt();
            then = asks.map(Signal::next);
            state.activity().holdNanos(rest, this::save);
        }
    }

    /** Where a snapshot is written fastest that begins after a time; empty where there is no such tier, or it is not in time. */
    private Optional<CheckpointLevel> level(long nowNanos, long restNanos, Signal signal) {
        boolean wanted =
                state.job().checkpoints().onSignal().map(OnSignal::saves).orElse(true);
        return state.job()
                .checkpoints()
                .signalLevel(where -> wanted && state.store().reaches(where, nowNanos))
                .filter(where -> nowNanos + restNanos + where.writeNanos() <= signal.untilNanos());
    }

    private void save(long nowNanos) {
        Optional<CheckpointLevel> level = level(nowNanos, 0, asks.orElseThrow());
        if (level.isEmpty()) {
            then = Optional.empty();
            goOn.run(nowNanos);
            return;
        }
        state.endRun(nowNanos);
        state.listener().onPause(nowNanos, asks.get().cause());
        asks = Optional.empty();
        state.spendNanos(nowNanos, Phase.SAVING, level.get().writeNanos(), now -> {
            state.work().save(now, level.get());
            announced.removeIf(at -> at < now);
            saved += announced.size();
            announced.clear();
            Step next = then.orElseThrow();
            then = Optional.empty();
            next.run(now);
        });
    }

    /** Storage is away or back, and the job has taken that in: the snapshot that is asked for may be possible now, or not any more. */
    void onStoreChange(long nowNanos) {
        plan(nowNanos);
    }

    /** The job stops: a snapshot that it was to write is not written. */
    void abandon() {
        asks = Optional.empty();
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
