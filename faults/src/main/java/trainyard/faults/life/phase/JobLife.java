package trainyard.faults.life.phase;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.Scope;
import trainyard.faults.life.cluster.Breakage;
import trainyard.faults.life.cluster.FaultListener;
import trainyard.faults.life.cluster.LifePriorities;
import trainyard.faults.life.cluster.SlowParts;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.nodes.Cluster;
import trainyard.faults.life.nodes.JobNodes;
import trainyard.faults.life.nodes.PreparationTimes;
import trainyard.faults.life.nodes.SlotPlacement;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.work.JobWork;
import trainyard.faults.life.work.SharedStore;
import trainyard.faults.life.work.SnapshotEvents;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Timeline;

/**
 * A job from its first request for nodes to its end, and what each fault of the cluster does to it. Its phases, and in
 * brackets what takes it on:
 *
 * <pre>
 *   WAITING -[1]-> INITIALISING -[2]-> LOADING -[2]-> RUNNING -[3]-> DONE
 *                       ^                               |
 *                       +------- takes nodes in [3] ----+
 *
 *   INITIALISING, LOADING, RUNNING, SAVING
 *      | fault
 *      v
 *   DETECTING -[4]-> DIAGNOSING -[4]-> BACKING_OFF, or not
 *                        |                |       ^
 *                        |[4]             |[4]    |[4] start in vain on broken nodes: INITIALISING
 *                        v                v
 *                     STOPPED          WAITING -[1]-> SAVING -[1]-> WAITING
 *
 *   RUNNING -[5]-> SAVING -[5]-> WAITING   in time on the signal before the limit
 *   any but DONE, STOPPED -[5]-> WAITING   at the limit
 * </pre>
 *
 * <ol>
 *   <li>{@link NodeRecovery}
 *   <li>{@link JobStart}
 *   <li>{@link JobAtWork}
 *   <li>{@link FaultResponse}
 *   <li>{@link TimeLimit}
 * </ol>
 *
 * <p>A fault of a job that runs, starts or saves begins an incident; one that strikes while the job stands still takes only
 * nodes, and the snapshots on them, or shows sooner what is not detected yet. A running job whose state is found to be wrong
 * goes to DIAGNOSING at once, and to STOPPED in the same moment where no right snapshot is left.
 */
public final class JobLife implements FaultListener {

    private final JobState state;
    private final PhaseClock phase;
    private final JobNodes nodes;
    private final JobWork work;
    private final Standstill standstill;
    private final Supervisor supervisor;
    private final SlowParts slow;
    private final Breakage breakage;
    private final Timeline timeline;
    private final JobAtWork atWork;
    private final NodeRecovery recovery;
    private final FaultResponse response;
    private final SharedStore store;
    private final SignalSaves signals;
    private final int gpusPerNode;

    /**
     * @param slow which parts of the cluster are slow
     * @param breakage what a fault that somebody finds does to its nodes
     * @param startMark what the times of its first start are drawn from
     */
    public JobLife(
            LongJob job,
            Timeline timeline,
            Cluster cluster,
            SlowParts slow,
            Breakage breakage,
            LifeListener listener,
            long startMark) {
        this.timeline = timeline;
        this.slow = slow;
        this.breakage = breakage;
        gpusPerNode = cluster.shape().gpusPerNode();
        SlotPlacement placement =
                new SlotPlacement(job.layout(), cluster.shape().nodes(), cluster.held()::mark);
        PreparationTimes preparation = new PreparationTimes(job.times());
        phase = new PhaseClock(cluster.ledger(), listener, this::gpus, this::steps);
        nodes = new JobNodes(
                timeline,
                cluster,
                placement,
                job.recovery().standbys(),
                preparation,
                phase::book,
                this::granted,
                this::ready,
                this::left);
        store = new SharedStore();
        work = new JobWork(job, placement, cluster.ledger(), timeline, store, this::foundWrong);
        standstill = new Standstill(preparation, startMark);
        supervisor = new Supervisor(job.supervision());
        Activity activity = new Activity(timeline, LifePriorities.JOB);
        state = new JobState(
                job, timeline, activity, phase, placement, nodes, work, standstill, supervisor, store, listener);
        JobStart start = new JobStart(state, this::run);
        atWork = new JobAtWork(state, start, slow, gpusPerNode);
        signals = new SignalSaves(state, atWork::goOn);
        recovery = new NodeRecovery(state, start, signals);
        response = new FaultResponse(state, recovery::recover);
    }

    /** Asks for nodes at time 0. */
    public void start() {
        nodes.queue(0);
        timeline.after(0, LifePriorities.JOB, now -> recovery.request());
    }

    private long gpus() {
        return (long) nodes.active() * gpusPerNode;
    }

    private void granted(long nowNanos) {
        recovery.granted(nowNanos);
    }

    private void ready(long nowNanos) {
        atWork.onReady(nowNanos);
    }

    private void run(long nowNanos) {
        atWork.run(nowNanos);
    }

    private void left(int node) {
        supervisor.leave(node);
        work.leave(timeline.simulation().now(), node);
    }

    @Override
    public void onFault(long nowNanos, Fault fault) {
        if (fault.cause().scope() == Scope.STORAGE) {
            onStoreAway(nowNanos, fault);
            return;
        }
        switch (fault.cause().visibility()) {
            case SLOW -> onSlow(nowNanos, fault);
            case SILENT -> onSilent(nowNanos, fault);
            case EXPLICIT, HANG -> strike(nowNanos, fault);
        }
    }

    /** The store is away for as long as its repair takes; nothing changes for the job where it is away already, or still. */
    private void onStoreAway(long nowNanos, Fault fault) {
        boolean wasThere = store.awayNanos(nowNanos) == 0;
        store.leave(nowNanos, fault.repairNanos());
        if (wasThere) {
            onStoreChange(nowNanos);
        }
        timeline.after(fault.repairNanos(), LifePriorities.REPAIR, this::onStoreBack);
    }

    private void onStoreBack(long nowNanos) {
        if (store.awayNanos(nowNanos) == 0) {
            onStoreChange(nowNanos);
        }
    }

    private void onStoreChange(long nowNanos) {
        atWork.onStoreChange(nowNanos);
        signals.onStoreChange(nowNanos);
    }

    /** A part becomes slow: the job goes on at another pace, until somebody finds out, if anybody does. */
    private void onSlow(long nowNanos, Fault fault) {
        if (slow.cutsOff(fault)) {
            expose(nowNanos, fault);
        } else if (slow.suffersFrom(fault)) {
            if (slow.isSlowedBy(fault)) {
                atWork.onPaceChange(nowNanos, fault.firstNode(), fault.endNode());
            }
            if (fault.cause().scope().isWithinNode()) {
                supervisor
                        .slowNanos(fault)
                        .ifPresent(nanos -> timeline.after(nanos, LifePriorities.FAULT, now -> expose(now, fault)));
            }
        }
    }

    /** A slow part of a node is found: the node is taken out of use or started again, which stops a job that runs on it. */
    private void expose(long nowNanos, Fault fault) {
        if (slow.suffersFrom(fault)) {
            breakage.strike(fault);
            slow.restart(fault);
            strike(nowNanos, fault);
        }
    }

    /** Parts of some nodes are well again. */
    public void onHealed(long nowNanos, int firstNode, int endNode) {
        atWork.onPaceChange(nowNanos, firstNode, endNode);
    }

    private void onSilent(long nowNanos, Fault fault) {
        if (state.isRunning()) {
            work.strikeSilently(nowNanos, fault);
        }
    }

    /** The state of the running job is found to be wrong: the node that made it so leaves, and the snapshots since. */
    private void foundWrong(long nowNanos) {
        signals.abandon();
        Fault fault = work.silent().find();
        state.endRun(nowNanos);
        work.discardWrongSnapshots(nowNanos);
        breakage.strike(fault);
        nodes.strike(nowNanos, fault);
        standstill.strike(fault.damage());
        state.activity().interrupt();
        if (work.isLostForGood()) {
            response.endNoticed(nowNanos, fault);
        } else {
            response.beginNoticed(nowNanos, fault);
        }
    }

    private void strike(long nowNanos, Fault fault) {
        if (phase.is(Phase.DONE) || nodes.strike(nowNanos, fault) == 0) {
            return;
        }
        state.endRun(nowNanos);
        work.destroySnapshots(nowNanos, fault);
        standstill.strike(fault.damage());
        if (phase.phase().isVulnerable()) {
            signals.abandon();
            response.begin(nowNanos, fault);
        } else if (phase.is(Phase.DETECTING)) {
            response.strikeAgain(fault);
        } else if (phase.is(Phase.WAITING) && fault.damage().takesNode()) {
            nodes.giveBackBroken(nowNanos);
            recovery.request();
        }
    }

    /**
     * A fault of a node is foretold: the job takes another one in its stead if there is one.
     *
     * @param untilNanos time by which it has struck if it does
     */
    public void onWarning(long nowNanos, int node, long untilNanos) {
        if (!phase.is(Phase.DONE) && nodes.suspect(node, untilNanos)) {
            timeline.after(untilNanos - nowNanos, LifePriorities.JOB, now -> nodes.warningEnds(now, node));
            atWork.onReady(nowNanos);
        }
    }

    /** A fault is announced: if it strikes the job, its state is saved where that is done in time. */
    public void onNotice(long nowNanos, Fault fault) {
        long left = fault.nanos() - nowNanos;
        if (state.isRunning() && left > 0 && state.placement().countIn(fault.firstNode(), fault.endNode()) > 0) {
            signals.signal(nowNanos, left, fault.cause().name(), false, atWork::goOn);
        }
    }

    /** Books everything up to the end of the observation. */
    public void endObservation(long nowNanos) {
        if (state.isRunning()) {
            work.cut(nowNanos);
        } else {
            phase.book(nowNanos);
        }
        nodes.book(nowNanos);
    }

    /** Whether it did all its steps. */
    public boolean isDone() {
        return phase.is(Phase.DONE);
    }

    /** Steps done and not destroyed. */
    public long steps() {
        return work.steps();
    }

    /** Samples that the steps done were trained on. */
    public long samples() {
        return work.samples();
    }

    /** What the snapshots were good for up to the end of the observation. */
    public SnapshotEvents snapshotEvents(long nowNanos) {
        work.outages().cut(nowNanos);
        return new SnapshotEvents(
                work.outages(), work.silent(), signals.signals(), signals.saved(), work.storedBytes(nowNanos));
    }

    /** What happened up to the end of the observation. */
    public LifeEvents events(long nowNanos) {
        return supervisor.events(nowNanos, phase.is(Phase.DETECTING));
    }
}
