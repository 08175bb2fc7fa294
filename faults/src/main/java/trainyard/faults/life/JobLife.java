package trainyard.faults.life;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import trainyard.faults.cause.Fault;
import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.recovery.Reaction;
import trainyard.faults.recovery.Situation;
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
 * </pre>
 *
 * <p>A fault that strikes a running or starting job begins an incident; one that strikes while the job stands still takes
 * only nodes. Every draw of an incident comes from the mark of its fault, so that it is the same under every policy.
 */
final class JobLife implements FaultListener {

    private enum Phase {
        WAITING(GpuState.WAIT_FOR_NODES),
        INITIALISING(GpuState.INITIALISE),
        LOADING(GpuState.LOAD),
        RUNNING(GpuState.USEFUL),
        DETECTING(GpuState.DETECT),
        DIAGNOSING(GpuState.DIAGNOSE),
        DONE(GpuState.IDLE);

        private final GpuState state;

        Phase(GpuState state) {
            this.state = state;
        }

        boolean isVulnerable() {
            return this == RUNNING || this == INITIALISING || this == LOADING;
        }
    }

    /** Nodes that came to a running job and wait for its next pause. */
    private record Joining(long sinceNanos, int nodes) {}

    /** No observation takes as long, so what takes longer has no end in it. */
    private static final double LONGEST_SECONDS = 100.0 * 365 * 24 * 3600;

    private final LongJob job;
    private final NodeSource source;
    private final IntSupplier freeNodes;
    private final HeldNodes held;
    private final int gpusPerNode;
    private final GpuTimeLedger ledger;
    private final LifeListener listener;
    private final Timeline timeline;
    private final Activity activity;
    private final WorkHistory history;
    private final SnapshotStore snapshots;
    private final Map<Integer, Integer> openRequests = new HashMap<>();
    private final List<Joining> joining = new ArrayList<>();
    private Phase phase = Phase.WAITING;
    private long phaseSinceNanos;
    private Run run = new Run(null, 0, 0, 1, 0);
    private long steps;
    private boolean stateLost;
    private int target;
    private int incidents;
    private UniformRandomProvider draws = RandomSource.SPLIT_MIX_64.create(0L);

    JobLife(
            LongJob job,
            Timeline timeline,
            NodeSource source,
            IntSupplier freeNodes,
            HeldNodes held,
            int gpusPerNode,
            GpuTimeLedger ledger,
            LifeListener listener) {
        this.job = job;
        this.timeline = timeline;
        this.source = source;
        this.freeNodes = freeNodes;
        this.held = held;
        this.gpusPerNode = gpusPerNode;
        this.ledger = ledger;
        this.listener = listener;
        activity = new Activity(timeline, LifePriorities.JOB);
        history = new WorkHistory(ledger);
        snapshots = new SnapshotStore(job.checkpoints().levels());
    }

    /** Asks for nodes at time 0. */
    void start() {
        target = job.nodes();
        request(target);
    }

    private void request(int nodes) {
        openRequests.put(source.request(nodes, this::granted), nodes);
    }

    private void granted(long nowNanos, int request, int[] nodes) {
        openRequests.remove(request);
        if (phase == Phase.RUNNING) {
            held.take(nowNanos, nodes);
            joining.add(new Joining(nowNanos, nodes.length));
            pause(nowNanos);
            return;
        }
        bookPhase(nowNanos);
        held.take(nowNanos, nodes);
        if (phase == Phase.WAITING && held.count() >= target && !activity.isWaiting()) {
            initialise(nowNanos, job.times().initialise());
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
        initialise(nowNanos, job.times().reconfigure());
    }

    private void initialise(long nowNanos, Distribution seconds) {
        enter(Phase.INITIALISING, nowNanos);
        activity.holdNanos(draw(seconds), this::load);
    }

    private void load(long nowNanos) {
        long restoreNanos = 0;
        if (stateLost) {
            SnapshotStore.Snapshot snapshot = snapshots.newest();
            history.rollBack(snapshot.steps());
            steps = snapshot.steps();
            restoreNanos = snapshot.restoreNanos();
        }
        enter(Phase.LOADING, nowNanos);
        activity.holdNanos(restoreNanos, this::run);
    }

    private void run(long nowNanos) {
        enter(Phase.RUNNING, nowNanos);
        stateLost = false;
        long stepNanos = job.stepTimes().stepNanos(held.count());
        CheckpointClock clock = new CheckpointClock(job.checkpoints(), steps, stepNanos);
        run = new Run(clock, nowNanos, steps, stepNanos, (long) held.count() * gpusPerNode);
        if (job.ends() && clock.reaches(job.steps())) {
            activity.holdNanos(clock.nanosUntil(job.steps()), this::complete);
        }
    }

    private void complete(long nowNanos) {
        run.finish(nowNanos, job.steps(), ledger, history);
        steps = job.steps();
        bookJoining(nowNanos);
        phaseSinceNanos = nowNanos;
        enter(Phase.DONE, nowNanos);
        timeline.simulation().stop();
    }

    @Override
    public void onFault(long nowNanos, Fault fault) {
        int struck = held.countIn(fault.firstNode(), fault.endNode());
        if (struck == 0 || phase == Phase.DONE) {
            return;
        }
        if (phase == Phase.RUNNING) {
            interruptRun(nowNanos);
        }
        snapshots.destroy(fault.cause().damage());
        if (phase.isVulnerable()) {
            stateLost |= struck == held.count();
            beginIncident(nowNanos, fault);
        } else if (phase == Phase.WAITING && fault.cause().damage().takesNode()) {
            giveBack(nowNanos, held.broken());
            requestMissing();
        }
    }

    private void beginIncident(long nowNanos, Fault fault) {
        incidents++;
        draws = RandomSource.SPLIT_MIX_64.create(fault.mark());
        activity.interrupt();
        enter(Phase.DETECTING, nowNanos);
        activity.holdNanos(draw(job.times().detect(fault.cause().visibility())), this::diagnose);
    }

    private void diagnose(long nowNanos) {
        enter(Phase.DIAGNOSING, nowNanos);
        activity.holdNanos(draw(job.times().diagnose()), this::react);
    }

    private void react(long nowNanos) {
        enter(Phase.WAITING, nowNanos);
        giveBack(nowNanos, held.broken());
        Situation situation = new Situation(job.nodes(), held.count(), freeNodes.getAsInt());
        stateLost |= !job.recovery().keepsState(situation);
        Reaction reaction = job.recovery().react(situation);
        if (reaction instanceof Reaction.GoOn goOn) {
            giveBack(nowNanos, held.last(held.count() - goOn.nodes()));
            target = goOn.nodes();
            for (int missing = missing(); missing > 0; missing -= goOn.growth()) {
                request(goOn.growth());
            }
            initialise(nowNanos, job.times().reconfigure());
        } else if (reaction instanceof Reaction.Requeue) {
            target = job.nodes();
            giveBack(nowNanos, held.all());
            activity.holdNanos(draw(job.times().queue()), this::leaveQueue);
        } else {
            target = job.nodes();
            requestMissing();
            if (held.count() >= target) {
                initialise(nowNanos, job.times().initialise());
            }
        }
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
        return job.nodes()
                - held.count()
                - openRequests.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void giveBack(long nowNanos, int[] nodes) {
        if (nodes.length > 0) {
            bookPhase(nowNanos);
            held.give(nowNanos, nodes);
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
        listener.onState(nowNanos, next.state, steps);
    }

    /** Books the time since the last booking; that of a run is booked by the run itself. */
    private void bookPhase(long nowNanos) {
        ledger.add(phase.state, nowNanos - phaseSinceNanos, (long) held.count() * gpusPerNode);
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

    int incidents() {
        return incidents;
    }
}
