package trainyard.faults.life;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.recovery.Formation;
import trainyard.faults.recovery.Pace;
import trainyard.faults.recovery.Reaction;
import trainyard.faults.recovery.Situation;
import trainyard.faults.recovery.Start;
import trainyard.faults.recovery.StateSource;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.NodeSource;
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

    /** Nodes that came to a running job and wait for its next pause. */
    private record Joining(long sinceNanos, int nodes) {}

    /** No observation takes as long, so what takes longer has no end in it. */
    private static final double LONGEST_SECONDS = 100.0 * 365 * 24 * 3600;

    private final LongJob job;
    private final NodeSource source;
    private final IntSupplier freeNodes;
    private final HeldNodes held;
    private final Placement placement;
    private final int gpusPerNode;
    private final GpuTimeLedger ledger;
    private final LifeListener listener;
    private final Timeline timeline;
    private final Activity activity;
    private final WorkHistory history;
    private final SnapshotStore snapshots;
    private final Supervisor supervisor;
    private final Map<Integer, Integer> openRequests = new HashMap<>();
    private final List<Joining> joining = new ArrayList<>();
    private Phase phase = Phase.WAITING;
    private long phaseSinceNanos;
    private Run run = new Run(null, 0, 0, new Pace(1, 1, 0, 0), 0);
    private long steps;
    /** The worst that struck the job since it last ran; empty where it paused of its own accord. */
    private Optional<Damage> struckBy = Optional.empty();

    private Start start = Start.COLD;
    private long incidentNanos;
    private UniformRandomProvider draws = RandomSource.SPLIT_MIX_64.create(0L);

    JobLife(
            LongJob job,
            Timeline timeline,
            NodeSource source,
            IntSupplier freeNodes,
            HeldNodes held,
            ClusterShape cluster,
            GpuTimeLedger ledger,
            LifeListener listener) {
        this.job = job;
        this.timeline = timeline;
        this.source = source;
        this.freeNodes = freeNodes;
        this.held = held;
        this.ledger = ledger;
        this.listener = listener;
        gpusPerNode = cluster.gpusPerNode();
        placement = new Placement(job.layout(), cluster.nodes());
        activity = new Activity(timeline, LifePriorities.JOB);
        history = new WorkHistory(ledger, job.batch());
        snapshots = new SnapshotStore(job.checkpoints().levels());
        supervisor = new Supervisor(job.supervision());
    }

    /** Asks for nodes at time 0. */
    void start() {
        requestMissing();
    }

    private void request(int nodes) {
        openRequests.put(source.request(nodes, this::granted), nodes);
    }

    private void granted(long nowNanos, int request, int[] nodes) {
        openRequests.remove(request);
        if (phase == Phase.STOPPED) {
            source.release(nodes);
            return;
        }
        if (phase == Phase.RUNNING) {
            take(nowNanos, nodes);
            joining.add(new Joining(nowNanos, nodes.length));
            pause(nowNanos);
            return;
        }
        bookPhase(nowNanos);
        take(nowNanos, nodes);
        if (phase == Phase.WAITING && !activity.isWaiting()) {
            startIfComplete(nowNanos);
        }
    }

    private void take(long nowNanos, int[] nodes) {
        held.take(nowNanos, nodes);
        placement.place(nodes);
    }

    private void startIfComplete(long nowNanos) {
        if (placement.filled() == job.nodes()) {
            initialise(nowNanos, start);
        }
    }

    /** Lets the step or snapshot under way end, then takes the nodes in that came. */
    private void pause(long nowNanos) {
        long elapsed = nowNanos - run.startNanos();
        long rest = run.clock().boundary(elapsed) - elapsed;
        if (!activity.isWaiting() || activity.remainingNanos() > rest) {
            activity.interrupt();
            activity.holdNanos(rest, this::takeIn);
        }
    }

    private void takeIn(long nowNanos) {
        interruptRun(nowNanos);
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
        return struckBy.isPresent() && job.recovery().source(situation()) == StateSource.SNAPSHOT;
    }

    /** Throws the job back to the newest snapshot. Returns the time to load it. */
    private long restore() {
        SnapshotStore.Snapshot snapshot = snapshots.newest();
        history.rollBack(snapshot.steps());
        steps = snapshot.steps();
        return snapshot.restoreNanos();
    }

    /** Nodes without state copy it from others; at the very start there is nothing to copy. */
    private long copyNanos() {
        boolean copies =
                steps > 0 && placement.blank().count() > placement.empty().count();
        return copies ? draw(job.times().copy()) : 0;
    }

    private void run(long nowNanos) {
        enter(Phase.RUNNING, nowNanos);
        supervisor.runs(nowNanos);
        struckBy = Optional.empty();
        placement.fillWithState();
        Formation formation = new Formation(job.layout(), placement.empty(), gpusPerNode, job.batch(), job.stepTimes());
        Pace pace = job.recovery().pace(formation);
        CheckpointClock clock = new CheckpointClock(job.checkpoints(), steps, pace.stepNanos());
        run = new Run(clock, nowNanos, steps, pace, formation.gpus());
        if (job.ends()) {
            lastStep(pace).stream()
                    .filter(clock::reaches)
                    .forEach(last -> activity.holdNanos(clock.nanosUntil(last), now -> complete(now, last)));
        }
    }

    /** The step that completes the last sample; empty where no clock reaches it. */
    private OptionalLong lastStep(Pace pace) {
        double samples = (double) (job.steps() - steps) * job.batch() + history.missingSamples();
        if (samples / pace.samples() > LONGEST_SECONDS * SimTime.NANOS_PER_SECOND || samples > Long.MAX_VALUE / 2.0) {
            return OptionalLong.empty();
        }
        long left = (job.steps() - steps) * job.batch() + history.missingSamples();
        return OptionalLong.of(steps + Math.max(0, (left + pace.samples() - 1) / pace.samples()));
    }

    private void complete(long nowNanos, long lastStep) {
        run.finish(nowNanos, lastStep, ledger, history);
        steps = lastStep;
        bookJoining(nowNanos);
        phaseSinceNanos = nowNanos;
        enter(Phase.DONE, nowNanos);
        timeline.simulation().stop();
    }

    @Override
    public void onFault(long nowNanos, Fault fault) {
        Damage damage = fault.damage();
        if (phase == Phase.DONE
                || !fault.cause().stopsJob()
                || placement.wipe(fault.firstNode(), fault.endNode()) == 0) {
            return;
        }
        if (phase == Phase.RUNNING) {
            interruptRun(nowNanos);
        }
        snapshots.destroy(damage);
        struckBy = Optional.of(
                struckBy.filter(worst -> worst.compareTo(damage) > 0).orElse(damage));
        if (phase.isVulnerable()) {
            beginIncident(nowNanos, fault);
        } else if (phase == Phase.DETECTING) {
            noticeSooner(supervisor.meanwhile(fault));
        } else if (phase == Phase.WAITING && damage.takesNode()) {
            giveBack(nowNanos, held.broken());
            requestMissing();
        }
    }

    private void beginIncident(long nowNanos, Fault fault) {
        incidentNanos = nowNanos;
        draws = RandomSource.SPLIT_MIX_64.create(fault.mark());
        activity.interrupt();
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
                freeNodes.getAsInt(),
                0,
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
        return stateIsLost() ? snapshots.newest().steps() : steps;
    }

    private void giveUp(long nowNanos) {
        if (stateIsLost()) {
            restore();
        }
        openRequests.keySet().forEach(source::withdraw);
        giveBack(nowNanos, placement.all());
        enter(Phase.STOPPED, nowNanos);
    }

    private void startAgain(long nowNanos) {
        if (supervisor.triesBroken() && held.broken().length > 0) {
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
        giveBack(nowNanos, held.broken());
        Reaction reaction = job.recovery().react(situation());
        if (reaction instanceof Reaction.Shrink shrink) {
            shrink(nowNanos, shrink);
        } else if (reaction instanceof Reaction.Replace replace) {
            start = replace.start();
            requestMissing();
            startIfComplete(nowNanos);
        } else {
            start = Start.COLD;
            giveBack(nowNanos, placement.all());
            activity.holdNanos(draw(job.times().queue()), this::leaveQueue);
        }
    }

    private void shrink(long nowNanos, Reaction.Shrink shrink) {
        giveBack(nowNanos, placement.moveTogether(shrink.nodes()));
        for (int missing = missing(); missing > 0; missing -= shrink.growth()) {
            request(shrink.growth());
        }
        initialise(nowNanos, Start.RECONFIGURE);
    }

    private void leaveQueue(long nowNanos) {
        requestMissing();
    }

    private void requestMissing() {
        if (missing() > 0) {
            request(missing());
        }
    }

    private int missing() {
        return placement.empty().count()
                - openRequests.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void giveBack(long nowNanos, int[] nodes) {
        if (nodes.length > 0) {
            bookPhase(nowNanos);
            held.give(nowNanos, nodes);
            placement.remove(nodes);
            for (int node : nodes) {
                supervisor.leave(node);
            }
            source.release(nodes);
        }
    }

    private void interruptRun(long nowNanos) {
        snapshots.save(run.clock(), nowNanos - run.startNanos());
        steps = run.interrupt(nowNanos, ledger, history);
        bookJoining(nowNanos);
        phaseSinceNanos = nowNanos;
    }

    private void bookJoining(long nowNanos) {
        for (Joining group : joining) {
            ledger.add(GpuState.INITIALISE, nowNanos - group.sinceNanos, (long) group.nodes * gpusPerNode);
        }
        joining.clear();
    }

    private void enter(Phase next, long nowNanos) {
        bookPhase(nowNanos);
        phase = next;
        listener.onState(nowNanos, next.state(), steps);
    }

    /** Books the time since the last booking; that of a run is booked by the run itself. */
    private void bookPhase(long nowNanos) {
        ledger.add(phase.state(), nowNanos - phaseSinceNanos, (long) held.count() * gpusPerNode);
        phaseSinceNanos = nowNanos;
    }

    private long draw(Distribution seconds) {
        return SimTime.nanos(Math.min(LONGEST_SECONDS, seconds.sampler(draws).sample()));
    }

    /** Books everything up to the end of the observation. */
    void endObservation(long nowNanos) {
        if (phase == Phase.RUNNING) {
            steps = run.cut(nowNanos, ledger, history);
            bookJoining(nowNanos);
        } else {
            bookPhase(nowNanos);
        }
        held.advance(nowNanos);
    }

    boolean isDone() {
        return phase == Phase.DONE;
    }

    long steps() {
        return steps;
    }

    /** Samples that the steps kept lack of whole batches. */
    long missingSamples() {
        return history.missingSamples();
    }

    /** What happened up to the end of the observation. */
    LifeEvents events(long nowNanos) {
        return supervisor.events(nowNanos, phase == Phase.DETECTING);
    }
}
