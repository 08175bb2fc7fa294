package trainyard.faults.life;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.ObservedIncidents;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.Restorable;
import trainyard.faults.checkpoint.SnapshotStore;
import trainyard.faults.recovery.Formation;
import trainyard.faults.recovery.Pace;
import trainyard.faults.recovery.Reaction;
import trainyard.faults.recovery.Situation;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.Start;
import trainyard.faults.recovery.StateSource;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.Distribution;

/**
 * The states of a job and what takes it from one to the next:
 *
 * <pre>
 *   waiting for nodes -> initialising -> loading -> running -> done
 *          ^                  |             |          |
 *          |                  +------ fault +----------+
 *          |                                |
 *          +------- diagnosing <------ detecting
 *          |             |
 *          +-- backing off -> stopped
 * </pre>
 *
 * <p>A fault that strikes a running or starting job begins an incident; one that strikes while the job stands still takes
 * only nodes. Every draw of an incident comes from the mark of its fault, so that it is the same under every policy.
 */
final class JobLife implements FaultListener {

    private static final BitSet NO_PLACES = new BitSet();

    private final LongJob job;
    private final Placement placement;
    private final JobNodes nodes;
    private final int gpusPerNode;
    private final GpuTimeLedger ledger;
    private final LifeListener listener;
    private final Timeline timeline;
    private final Activity activity;
    private final WorkHistory history;
    private final SnapshotStore snapshots;
    private final Supervisor supervisor;
    private final PreparationTimes preparation;
    private final ObservedIncidents observed;
    private final Outages outages = new Outages();
    private final SilentErrors silent;
    private final Breakage breakage;
    /** The next look at a state that is wrong. */
    private final Activity inspection;
    /** The time limit of the job, and the signal before it. */
    private final Activity limit;

    private SlowParts slow;
    private Phase phase = Phase.WAITING;
    private long phaseSinceNanos;
    private Run run = new Run(null, 0, 0, new Pace(1, 1, 0, 0), 0);
    private long steps;
    /** The worst that struck the job since it last ran; empty where it paused of its own accord. */
    private Optional<Damage> struckBy = Optional.empty();

    /** What is being loaded; empty where nothing is. */
    private Optional<Restorable> loading = Optional.empty();
    /** Whether the state was found to be wrong and no other one is loaded yet. */
    private boolean knownWrong;

    private int signals;
    private int signalsSaved;
    private Start start = Start.COLD;
    private long incidentNanos;
    private UniformRandomProvider draws = RandomSource.SPLIT_MIX_64.create(0L);

    JobLife(LongJob job, Timeline timeline, Cluster cluster, Breakage breakage, LifeListener listener) {
        this.job = job;
        this.breakage = breakage;
        this.timeline = timeline;
        this.ledger = cluster.ledger();
        this.listener = listener;
        gpusPerNode = cluster.shape().gpusPerNode();
        placement = new Placement(job.layout(), cluster.shape().nodes());
        preparation = new PreparationTimes(job.times());
        supervisor = new Supervisor(job.supervision());
        nodes = new JobNodes(
                timeline,
                cluster,
                placement,
                job.recovery().standbys(),
                preparation,
                this::bookPhase,
                this::granted,
                this::ready,
                this::left);
        activity = new Activity(timeline, LifePriorities.JOB);
        history = new WorkHistory(ledger, job.batch());
        snapshots = new SnapshotStore(job.checkpoints().levels());
        observed = new ObservedIncidents(job.checkpoints().remembered());
        silent = new SilentErrors(job.checkpoints());
        inspection = new Activity(timeline, LifePriorities.JOB);
        limit = new Activity(timeline, LifePriorities.JOB);
    }

    /** Tells the job where it sees which parts are slow. */
    void watch(SlowParts parts) {
        slow = parts;
    }

    /** Asks for nodes at time 0. */
    void start() {
        nodes.requestTogether();
    }

    private void granted(long nowNanos) {
        if (phase == Phase.WAITING && !activity.isWaiting()) {
            startIfComplete(nowNanos);
        }
    }

    private void startIfComplete(long nowNanos) {
        if (nodes.isComplete()) {
            awaitLimit();
            initialise(nowNanos, start);
        }
    }

    /** The time limit runs from the grant of all nodes until they are given back. */
    private void awaitLimit() {
        Optional<OnSignal> signal = job.checkpoints().onSignal();
        if (signal.isPresent() && !limit.isWaiting()) {
            long until = signal.get().limitNanos() - signal.get().noticeNanos();
            limit.holdNanos(until, now -> preempt(now, signal.get()));
        }
    }

    /** Nodes beside the job are ready. */
    private void ready(long nowNanos) {
        if (phase == Phase.RUNNING && nodes.hasReady()) {
            pause(nowNanos);
        }
    }

    /** Lets the step or snapshot under way end, then takes the nodes in that are ready. */
    private void pause(long nowNanos) {
        holdToBoundary(nowNanos, this::takeIn);
    }

    private void holdToBoundary(long nowNanos, Step then) {
        long elapsed = nowNanos - run.startNanos();
        long rest = run.clock().boundary(elapsed) - elapsed;
        if (!activity.isWaiting() || activity.remainingNanos() > rest) {
            activity.interrupt();
            activity.holdNanos(rest, then);
        }
    }

    private void takeIn(long nowNanos) {
        interruptRun(nowNanos);
        enter(Phase.INITIALISING, nowNanos);
        nodes.takeIn(nowNanos);
        initialise(nowNanos, Start.RECONFIGURE);
    }

    private void initialise(long nowNanos, Start how) {
        enter(Phase.INITIALISING, nowNanos);
        activity.holdNanos(
                draw(how == Start.COLD ? job.times().initialise() : job.times().reconfigure()), this::load);
    }

    private void load(long nowNanos) {
        long nanos = stateIsLost() ? restore() : copyNanos();
        enter(Phase.LOADING, nowNanos);
        activity.holdNanos(nanos, this::run);
    }

    private boolean stateIsLost() {
        return knownWrong || struckBy.isPresent() && job.recovery().source(situation()) == StateSource.SNAPSHOT;
    }

    /** Throws the job back to the newest snapshot. Returns the time to load it. */
    private long restore() {
        Restorable snapshot = snapshots.newest(draws);
        loading = Optional.of(snapshot);
        silent.restored(steps, snapshot.steps(), knownWrong);
        knownWrong = false;
        history.rollBack(snapshot.steps());
        steps = snapshot.steps();
        return snapshot.restoreNanos();
    }

    /** Nodes without state copy it from others; at the very start there is nothing to copy. */
    private long copyNanos() {
        boolean copies =
                steps > 0 && placement.blank().count() > placement.out().count();
        return copies ? draw(job.times().copy()) : 0;
    }

    private void run(long nowNanos) {
        enter(Phase.RUNNING, nowNanos);
        supervisor.runs(nowNanos);
        struckBy = Optional.empty();
        placement.fillWithState();
        loading.ifPresent(snapshot -> snapshots.loaded(nowNanos, snapshot));
        loading = Optional.empty();
        outages.end(nowNanos, steps);
        startRun(nowNanos);
    }

    private void startRun(long nowNanos) {
        Formation formation = new Formation(job.layout(), placement.out(), gpusPerNode, job.batch(), job.stepTimes());
        Pace pace = slowed(job.recovery().pace(formation));
        CheckpointClock clock = new CheckpointClock(
                job.checkpoints().ofRun(observed, nowNanos, pace.stepNanos()), steps, pace.stepNanos());
        run = new Run(clock, nowNanos, steps, pace, formation.gpus());
        awaitLook(nowNanos, nowNanos);
        if (job.ends()) {
            lastStep(pace).stream()
                    .filter(clock::reaches)
                    .forEach(last -> activity.holdNanos(clock.nanosUntil(last), now -> complete(now, last)));
        }
        if (nodes.hasReady()) {
            pause(nowNanos);
        }
    }

    /** The pace of a job some of whose parts may be slow. */
    private Pace slowed(Pace pace) {
        List<SlowPart> parts = slow.isEmpty() ? List.of() : slow.of(this::slotAtWork);
        return parts.isEmpty() ? pace : pace.stretched(job.stepTimes().stretch(parts));
    }

    /** The slot of a node that takes part; negative for other nodes. */
    private int slotAtWork(int node) {
        int slot = placement.slotOf(node);
        return slot >= 0 && placement.isOut(slot) ? -1 : slot;
    }

    /** The step that completes the last sample; empty where no clock reaches it. */
    private OptionalLong lastStep(Pace pace) {
        double samples = (double) (job.steps() - steps) * job.batch() + history.missingSamples();
        if (samples > Long.MAX_VALUE / 2.0) {
            return OptionalLong.empty();
        }
        long left = (job.steps() - steps) * job.batch() + history.missingSamples();
        return OptionalLong.of(steps + Math.max(0, (left + pace.samples() - 1) / pace.samples()));
    }

    private void complete(long nowNanos, long lastStep) {
        snapshots.save(run.clock(), run.startNanos(), nowNanos - run.startNanos());
        run.finish(nowNanos, lastStep, ledger, history);
        steps = lastStep;
        phaseSinceNanos = nowNanos;
        enter(Phase.DONE, nowNanos);
        timeline.simulation().stop();
    }

    @Override
    public void onFault(long nowNanos, Fault fault) {
        switch (fault.cause().visibility()) {
            case SLOW -> onSlow(nowNanos, fault);
            case SILENT -> strikeSilently(nowNanos, fault);
            case EXPLICIT, HANG -> strike(nowNanos, fault);
        }
    }

    /** A part becomes slow: the job goes on at another pace, until somebody finds out, if anybody does. */
    private void onSlow(long nowNanos, Fault fault) {
        if (slow.cutsOff(fault)) {
            expose(nowNanos, fault);
        } else if (slow.suffersFrom(fault)) {
            changePaceSoon(nowNanos, fault.firstNode(), fault.endNode());
            Optional<Long> notice =
                    fault.cause().scope().isWithinNode() ? supervisor.slowNanos(fault) : Optional.empty();
            notice.ifPresent(nanos -> timeline.after(nanos, LifePriorities.FAULT, now -> expose(now, fault)));
        }
    }

    /** A slow part of a node is found: the node is taken out of use, which stops a job that runs on it. */
    private void expose(long nowNanos, Fault fault) {
        if (slow.suffersFrom(fault)) {
            breakage.strike(fault);
            strike(nowNanos, fault);
        }
    }

    /** Parts of some nodes are well again. */
    void onHealed(long nowNanos, int firstNode, int endNode) {
        changePaceSoon(nowNanos, firstNode, endNode);
    }

    /** Lets the step or snapshot under way end, then goes on at the pace that the parts of the job allow. */
    private void changePaceSoon(long nowNanos, int firstNode, int endNode) {
        if (phase == Phase.RUNNING && placement.countIn(firstNode, endNode) > 0) {
            holdToBoundary(nowNanos, this::changePace);
        }
    }

    private void changePace(long nowNanos) {
        if (nodes.hasReady()) {
            takeIn(nowNanos);
            return;
        }
        interruptRun(nowNanos);
        listener.onState(nowNanos, phase.state(), steps);
        startRun(nowNanos);
    }

    private void strike(long nowNanos, Fault fault) {
        if (phase == Phase.DONE || nodes.strike(nowNanos, fault) == 0) {
            return;
        }
        Damage damage = fault.damage();
        if (phase == Phase.RUNNING) {
            interruptRun(nowNanos);
        }
        snapshots.destroy(nowNanos, damage, snapshots.areOnNodes() ? slots(fault) : NO_PLACES);
        struckBy = Optional.of(
                struckBy.filter(worst -> worst.compareTo(damage) > 0).orElse(damage));
        if (phase.isVulnerable()) {
            beginIncident(nowNanos, fault);
        } else if (phase == Phase.DETECTING) {
            noticeSooner(supervisor.meanwhile(fault));
        } else if (phase == Phase.WAITING && damage.takesNode()) {
            nodes.giveBackBroken(nowNanos);
            nodes.requestTogether();
        }
    }

    /**
     * A fault of a node is foretold: the job takes another one in its stead if there is one.
     *
     * @param untilNanos time by which it has struck if it does
     */
    void onWarning(long nowNanos, int node, long untilNanos) {
        if (phase != Phase.DONE && nodes.suspect(node)) {
            timeline.after(untilNanos - nowNanos, LifePriorities.JOB, now -> nodes.forget(now, node));
            ready(nowNanos);
        }
    }

    private BitSet slots(Fault fault) {
        BitSet slots = new BitSet();
        for (int node = fault.firstNode(); node < fault.endNode(); node++) {
            if (placement.slotOf(node) >= 0) {
                slots.set(placement.slotOf(node));
            }
        }
        return slots;
    }

    private void left(int node) {
        supervisor.leave(node);
        if (snapshots.areOnNodes() && placement.slotOf(node) >= 0) {
            BitSet slot = new BitSet();
            slot.set(placement.slotOf(node));
            snapshots.forget(timeline.simulation().now(), slot);
        }
    }

    private void strikeSilently(long nowNanos, Fault fault) {
        if (phase == Phase.RUNNING && !slots(fault).isEmpty()) {
            silent.strike(
                    nowNanos, fault, run.clock().at(nowNanos - run.startNanos()).steps());
            awaitLook(nowNanos, nowNanos);
        }
    }

    /**
     * Waits for the next look at a state that is wrong.
     *
     * @param fromNanos when it may begin, not before now
     */
    private void awaitLook(long nowNanos, long fromNanos) {
        inspection.interrupt();
        if (silent.isWrong()) {
            silent.nextLook(fromNanos, run).ifPresent(at -> inspection.holdNanos(at - nowNanos, this::look));
        }
    }

    private void look(long nowNanos) {
        if (!silent.isFound(nowNanos)) {
            awaitLook(nowNanos, nowNanos + 1);
            return;
        }
        Fault fault = silent.find();
        interruptRun(nowNanos);
        knownWrong = true;
        snapshots.discardBehind(nowNanos, silent.lastRightSteps());
        breakage.strike(fault);
        nodes.strike(nowNanos, fault);
        struckBy = Optional.of(fault.damage());
        activity.interrupt();
        if (job.checkpoints().corruption().ends() && silent.isUnrecoverable(snapshots.newestSteps())) {
            giveUp(nowNanos);
            return;
        }
        stopFor(nowNanos, fault);
        supervisor.found(fault);
        diagnose(nowNanos);
    }

    /** The nodes will be taken away: a snapshot counts if it is written by then. */
    private void preempt(long nowNanos, OnSignal signal) {
        signals++;
        limit.holdNanos(signal.noticeNanos(), this::leave);
        Optional<CheckpointLevel> level = signal.saves() ? job.checkpoints().signalLevel() : Optional.empty();
        if (phase != Phase.RUNNING || level.isEmpty()) {
            return;
        }
        long elapsed = nowNanos - run.startNanos();
        long rest = run.clock().boundary(elapsed) - elapsed;
        boolean fits = rest + level.get().writeNanos() <= signal.noticeNanos();
        if (fits && !(activity.isWaiting() && activity.remainingNanos() <= rest)) {
            activity.interrupt();
            activity.holdNanos(rest, now -> saveOnSignal(now, level.get()));
        }
    }

    private void saveOnSignal(long nowNanos, CheckpointLevel level) {
        interruptRun(nowNanos);
        enter(Phase.SAVING, nowNanos);
        activity.holdNanos(level.writeNanos(), now -> {
            snapshots.save(level, steps, now);
            signalsSaved++;
            leave(now);
        });
    }

    /** Gives all nodes back and queues again. */
    private void leave(long nowNanos) {
        if (phase == Phase.DONE || phase == Phase.STOPPED) {
            return;
        }
        if (phase == Phase.RUNNING) {
            interruptRun(nowNanos);
        }
        activity.interrupt();
        struckBy = Optional.of(struckBy.orElse(Damage.PROCESS));
        nodes.withdraw();
        enter(Phase.WAITING, nowNanos);
        requeue(nowNanos);
    }

    private void requeue(long nowNanos) {
        limit.interrupt();
        start = Start.COLD;
        nodes.giveAllBack(nowNanos);
        activity.holdNanos(draw(job.times().queue()), this::leaveQueue);
    }

    private void stopFor(long nowNanos, Fault fault) {
        incidentNanos = nowNanos;
        observed.add(nowNanos);
        outages.begin(nowNanos, steps, run.pace().stepNanos());
        draws = RandomSource.SPLIT_MIX_64.create(fault.mark());
        preparation.follow(fault.mark());
        activity.interrupt();
    }

    private void beginIncident(long nowNanos, Fault fault) {
        stopFor(nowNanos, fault);
        enter(Phase.DETECTING, nowNanos);
        activity.holdNanos(supervisor.begin(nowNanos, fault, draws), this::diagnose);
    }

    /** A fault that shows sooner than the one that the job stands still for makes both known. */
    private void noticeSooner(long nanos) {
        if (nanos < activity.remainingNanos()) {
            activity.interrupt();
            activity.holdNanos(nanos, this::diagnose);
        }
    }

    private void diagnose(long nowNanos) {
        supervisor.notice(nowNanos);
        enter(Phase.DIAGNOSING, nowNanos);
        activity.holdNanos(draw(job.times().diagnose()), this::react);
    }

    private Situation situation() {
        return new Situation(
                job.layout(),
                placement.empty(),
                placement.blank(),
                placement.out(),
                nodes.free(),
                nodes.readyStandbys(),
                struckBy.orElse(Damage.PROCESS));
    }

    private void react(long nowNanos) {
        if (supervisor.stops(nowNanos, this::safeSteps)) {
            giveUp(nowNanos);
            return;
        }
        long brakeNanos = supervisor.brakeNanos(incidentNanos);
        if (brakeNanos > 0) {
            enter(Phase.BACKING_OFF, nowNanos);
            activity.holdNanos(brakeNanos, this::startAgain);
        } else {
            startAgain(nowNanos);
        }
    }

    private long safeSteps() {
        return stateIsLost() ? snapshots.newestSteps() : steps;
    }

    private void giveUp(long nowNanos) {
        if (stateIsLost()) {
            restore();
        }
        nodes.giveUp(nowNanos);
        enter(Phase.STOPPED, nowNanos);
    }

    private void startAgain(long nowNanos) {
        if (supervisor.triesBroken() && nodes.hasBroken()) {
            enter(Phase.INITIALISING, nowNanos);
            activity.holdNanos(draw(job.times().initialise()), this::failInPlace);
        } else {
            recover(nowNanos);
        }
    }

    private void failInPlace(long nowNanos) {
        Optional<Long> wait = supervisor.failInPlace();
        if (wait.isPresent()) {
            enter(Phase.BACKING_OFF, nowNanos);
            activity.holdNanos(wait.get(), this::startAgain);
        } else {
            recover(nowNanos);
        }
    }

    private void recover(long nowNanos) {
        enter(Phase.WAITING, nowNanos);
        nodes.giveBackBroken(nowNanos);
        Reaction reaction = job.recovery().react(situation());
        if (reaction instanceof Reaction.GoOn goOn) {
            nodes.leaveBlank(nowNanos, goOn.unit(), goOn.rejoin());
            initialise(nowNanos, Start.RECONFIGURE);
        } else if (reaction instanceof Reaction.Shrink shrink) {
            nodes.keepFirst(nowNanos, shrink.nodes(), shrink.growth());
            initialise(nowNanos, Start.RECONFIGURE);
        } else if (reaction instanceof Reaction.Replace replace) {
            start = replace.start();
            nodes.joinAll(nowNanos);
            save(nowNanos, replace.saveNanos());
        } else {
            requeue(nowNanos);
        }
    }

    private void save(long nowNanos, long nanos) {
        if (nanos == 0) {
            replace(nowNanos);
        } else {
            enter(Phase.SAVING, nowNanos);
            activity.holdNanos(nanos, this::saved);
        }
    }

    private void saved(long nowNanos) {
        job.checkpoints().levels().stream()
                .filter(level -> level.outlasts(Damage.NODE))
                .forEach(level -> snapshots.save(level, steps, nowNanos));
        enter(Phase.WAITING, nowNanos);
        replace(nowNanos);
    }

    private void replace(long nowNanos) {
        nodes.fillFromStandbys(nowNanos);
        nodes.requestTogether();
        startIfComplete(nowNanos);
    }

    private void leaveQueue(long nowNanos) {
        nodes.requestTogether();
    }

    private void interruptRun(long nowNanos) {
        inspection.interrupt();
        snapshots.save(run.clock(), run.startNanos(), nowNanos - run.startNanos());
        steps = run.interrupt(nowNanos, ledger, history);
        phaseSinceNanos = nowNanos;
    }

    private void enter(Phase next, long nowNanos) {
        bookPhase(nowNanos);
        phase = next;
        listener.onState(nowNanos, next.state(), steps);
    }

    /** Books the time since the last booking; that of a run is booked by the run itself. */
    private void bookPhase(long nowNanos) {
        if (phase != Phase.RUNNING) {
            ledger.add(phase.state(), nowNanos - phaseSinceNanos, (long) nodes.active() * gpusPerNode);
            phaseSinceNanos = nowNanos;
        }
    }

    private long draw(Distribution seconds) {
        return PreparationTimes.draw(seconds, draws);
    }

    /** Books everything up to the end of the observation. */
    void endObservation(long nowNanos) {
        if (phase == Phase.RUNNING) {
            snapshots.save(run.clock(), run.startNanos(), nowNanos - run.startNanos());
            steps = run.cut(nowNanos, ledger, history);
        } else {
            bookPhase(nowNanos);
        }
        nodes.book(nowNanos);
    }

    boolean isDone() {
        return phase == Phase.DONE;
    }

    long steps() {
        return steps;
    }

    /** Samples that the steps done were trained on. */
    long samples() {
        return steps * job.batch() - history.missingSamples();
    }

    /** What the snapshots were good for up to the end of the observation. */
    SnapshotEvents snapshotEvents(long nowNanos) {
        return new SnapshotEvents(outages, silent, signals, signalsSaved, snapshots.stored(nowNanos));
    }

    /** What happened up to the end of the observation. */
    LifeEvents events(long nowNanos) {
        return supervisor.events(nowNanos, phase == Phase.DETECTING);
    }
}
