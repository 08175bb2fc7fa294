package trainyard.faults.life.work;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.ObservedIncidents;
import trainyard.faults.checkpoint.Restorable;
import trainyard.faults.checkpoint.SnapshotStore;
import trainyard.faults.checkpoint.StoredBytes;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.nodes.SlotPlacement;
import trainyard.faults.recovery.Pace;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;

/** The work of a job: the steps that it has done, the run under way, and the snapshots from which it can be done again. */
public final class JobWork {

    private static final BitSet NO_PLACES = new BitSet();

    private final LongJob job;
    private final SlotPlacement placement;
    private final GpuTimeLedger ledger;
    private final WorkHistory history;
    private final SnapshotStore snapshots;
    private final ObservedIncidents observed;
    private final JobOutages outages = new JobOutages();
    private final SilentErrors silent;
    private final Inspection inspection;
    private final SharedStore store;
    private Run run;
    private long steps;
    /** What is being loaded; empty where nothing is. */
    private Optional<Restorable> loading = Optional.empty();

    /**
     * @param placement which node fills which slot
     * @param store storage that may be away
     * @param onWrong told when the state of the running job is found to be wrong
     */
    public JobWork(
            LongJob job,
            SlotPlacement placement,
            GpuTimeLedger ledger,
            Timeline timeline,
            SharedStore store,
            Step onWrong) {
        this.job = job;
        this.placement = placement;
        this.ledger = ledger;
        this.store = store;
        history = new WorkHistory(ledger, job.batch());
        snapshots = new SnapshotStore(job.checkpoints().levels());
        observed = new ObservedIncidents(job.checkpoints().remembered());
        silent = new SilentErrors(job.checkpoints());
        inspection = new Inspection(timeline, silent, onWrong);
        run = new Run(new CheckpointClock(job.checkpoints(), 0, 1), 0, 0, new Pace(1, 1, 0, 0), 0);
    }

    /** Steps done and not destroyed. */
    public long steps() {
        return steps;
    }

    /** Samples that the steps done were trained on. */
    public long samples() {
        return steps * job.batch() - history.missingSamples();
    }

    /** Errors of its state that did not stop it. */
    public SilentErrors silent() {
        return silent;
    }

    /** A run begins on some GPUs. */
    public void begin(long nowNanos, Pace pace, long gpus) {
        run = runFrom(nowNanos, nowNanos, pace, gpus);
        inspection.await(nowNanos, run);
    }

    private Run runFrom(long startNanos, long nowNanos, Pace pace, long gpus) {
        CheckpointPlan plan = job.checkpoints()
                .ofRun(observed, nowNanos, pace.stepNanos())
                .on(level -> store.reaches(level, nowNanos));
        CheckpointClock endless = run.clock().next(plan, steps, pace.stepNanos());
        OptionalLong last = lastStep(pace.samples());
        boolean ends = last.isPresent() && endless.reaches(last.getAsLong());
        CheckpointClock clock = ends ? endless.endingWith(last.getAsLong()) : endless;
        return new Run(clock, startNanos, steps, pace, gpus);
    }

    /** Whether a step of the run is under way, or could begin; else a snapshot is. */
    public boolean isAtSteps(long nowNanos) {
        return run.isAtSteps(nowNanos);
    }

    /**
     * The step under way goes on, and from now on snapshots go where they can be written now. Saves in the background are given
     * up. Not while a snapshot is under way.
     */
    public void saveWhereItCan(long nowNanos) {
        Run before = run;
        inspection.stop();
        saveRun(nowNanos);
        steps = before.steps(nowNanos);
        long startNanos = before.handOver(nowNanos, ledger, history);
        run = runFrom(startNanos, nowNanos, before.pace(), before.gpus());
        inspection.await(nowNanos, run);
    }

    /** The step that completes the last sample; empty where the job never ends. */
    private OptionalLong lastStep(long samplesPerStep) {
        double samples = (double) (job.steps() - steps) * job.batch() + history.missingSamples();
        if (!job.ends() || samples > Long.MAX_VALUE / 2.0) {
            return OptionalLong.empty();
        }
        long left = (job.steps() - steps) * job.batch() + history.missingSamples();
        return OptionalLong.of(steps + Math.max(0, (left + samplesPerStep - 1) / samplesPerStep));
    }

    /** The run is over, whether the job is done or not; an unfinished step is lost. */
    public void end(long nowNanos) {
        inspection.stop();
        saveRun(nowNanos);
        steps = run.end(nowNanos, ledger, history);
    }

    /** The end of the observation cuts the run; nothing is known to be lost. */
    public void cut(long nowNanos) {
        saveRun(nowNanos);
        steps = run.cut(nowNanos, ledger, history);
    }

    private void saveRun(long nowNanos) {
        CheckpointClock clock = run.clock();
        long elapsed = nowNanos - run.startNanos();
        snapshots.save(clock, run.startNanos(), elapsed);
        for (CheckpointLevel level : job.checkpoints().levels()) {
            if (clock.savesTo(level) && clock.safeCount(level, elapsed) > 0) {
                silent.saved(clock.saved(level, 1).steps());
            }
        }
    }

    /** Whether the job is done by a time if nothing happens until then. */
    public boolean isDoneBy(long nanos) {
        OptionalLong rest = nanosUntilDone(nanos);
        return rest.isPresent() && rest.getAsLong() <= 0;
    }

    /** Time until the step or snapshot under way ends. */
    public long nanosToBoundary(long nowNanos) {
        long elapsed = nowNanos - run.startNanos();
        return run.clock().boundary(elapsed) - elapsed;
    }

    /** Time until the job is done if nothing happens until then; empty where it never is, or no clock reaches its end. */
    public OptionalLong nanosUntilDone(long nowNanos) {
        OptionalLong end = run.clock().nanosUntilEnd();
        return end.isPresent() ? OptionalLong.of(run.startNanos() + end.getAsLong() - nowNanos) : end;
    }

    /** The same, and until a snapshot is taken that is due then: a run that begins there would pass it over. */
    public long nanosToPause(long nowNanos) {
        long rest = nanosToBoundary(nowNanos);
        return rest + nanosToBoundary(nowNanos + rest);
    }

    /** A fault stops the job. */
    public void stop(long nowNanos) {
        observed.add(nowNanos);
        outages.begin(nowNanos, steps, run.pace().stepNanos());
    }

    /** The job runs again, with the state that it loaded if it did. */
    public void resume(long nowNanos) {
        loading.ifPresent(snapshot -> snapshots.loaded(nowNanos, snapshot));
        loading = Optional.empty();
        outages.end(nowNanos, steps);
    }

    /** A fault destroys the snapshots that it reaches. */
    public void destroySnapshots(long nowNanos, Fault fault) {
        BitSet struck = snapshots.losesNodes(fault.damage()) ? slots(fault) : NO_PLACES;
        snapshots.destroy(nowNanos, fault.damage(), struck);
    }

    private BitSet slots(Fault fault) {
        return placement.slotsOf(fault.firstNode(), fault.endNode());
    }

    /** A node leaves the job, with the copies on it. */
    public void leave(long nowNanos, int node) {
        if (snapshots.areOnNodes() && placement.slotOf(node) >= 0) {
            snapshots.forget(nowNanos, placement.slotsOf(node, node + 1));
        }
    }

    /** A full snapshot of a level is written out of turn. */
    public void save(long nowNanos, CheckpointLevel level) {
        snapshots.save(level, steps, nowNanos);
        silent.saved(steps);
    }

    /** Throws the job back to the newest snapshot. Returns the time to load it. */
    public long restore(long nowNanos, UniformRandomProvider draws) {
        return restore(nowNanos, snapshots.newest(draws));
    }

    /** The same from a snapshot that can be reached now; empty where there is none, so that the job waits for the store. */
    public OptionalLong restoreReachable(long nowNanos, UniformRandomProvider draws) {
        Optional<Restorable> snapshot = snapshots.newest(draws, level -> store.reaches(level, nowNanos));
        return snapshot.isPresent() ? OptionalLong.of(restore(nowNanos, snapshot.get())) : OptionalLong.empty();
    }

    private long restore(long nowNanos, Restorable snapshot) {
        // Else a fault during the load could bring the job further than it ever went.
        snapshots.discardBehind(nowNanos, snapshot.steps());
        loading = Optional.of(snapshot);
        silent.restored(steps, snapshot.steps());
        history.rollBack(snapshot.steps());
        steps = snapshot.steps();
        return snapshot.restoreNanos();
    }

    /** Steps of the newest snapshot; 0 where none is left. */
    public long newestSnapshotSteps() {
        return snapshots.newestSteps();
    }

    /** A fault makes the state of the running job wrong if it strikes a node that takes part. */
    public void strikeSilently(long nowNanos, Fault fault) {
        if (placement.countIn(fault.firstNode(), fault.endNode()) > 0) {
            boolean isFirst = !silent.isWrong();
            silent.strike(
                    nowNanos, fault, run.clock().at(nowNanos - run.startNanos()).steps());
            if (isFirst) {
                // A check under way began too early for this error, but not for one from before.
                inspection.await(nowNanos, run);
            }
        }
    }

    /** Forgets the snapshots of a state that was wrong. */
    public void discardWrongSnapshots(long nowNanos) {
        snapshots.discardBehind(nowNanos, silent.lastRightSteps());
    }

    /** Whether the state is wrong, no right snapshot is left and the job is to end then. */
    public boolean isLostForGood() {
        return job.checkpoints().corruption().ends() && silent.isUnrecoverable(snapshots.newestSteps());
    }

    /** When the job was down, and how much work each time cost. */
    public JobOutages outages() {
        return outages;
    }

    /** What each level has stored up to a time. */
    public Map<String, StoredBytes> storedBytes(long nowNanos) {
        return snapshots.stored(nowNanos);
    }
}
