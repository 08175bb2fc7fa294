package trainyard.faults.life.phase;

import java.util.List;
import trainyard.faults.life.cluster.SlowParts;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.Formation;
import trainyard.faults.recovery.Pace;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.Start;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;

/**
 * A job that runs: it goes at the pace that its nodes and their slow parts allow, pauses after a step to take nodes in, and is
 * done after its last.
 */
final class JobAtWork {

    private final JobState state;
    private final JobStart start;
    private final SlowParts slow;
    private final int gpusPerNode;
    /** Whether the run is to end at the next pause. */
    private boolean pauses;

    /**
     * @param start what takes the job on after a pause
     * @param slow which parts of the cluster are slow
     */
    JobAtWork(JobState state, JobStart start, SlowParts slow, int gpusPerNode) {
        this.state = state;
        this.start = start;
        this.slow = slow;
        this.gpusPerNode = gpusPerNode;
    }

    /** A run begins. */
    void run(long nowNanos) {
        state.supervisor().runs(nowNanos);
        LongJob job = state.job();
        Formation formation =
                new Formation(job.layout(), state.placement().out(), gpusPerNode, job.batch(), job.stepTimes());
        state.work().begin(nowNanos, slowed(job.recovery().pace(formation)), formation.gpus());
        awaitEnd(nowNanos);
        if (state.nodes().hasReady()) {
            pause(nowNanos);
        }
    }

    private void awaitEnd(long nowNanos) {
        pauses = false;
        state.work()
                .nanosUntilDone(nowNanos)
                .ifPresent(nanos -> state.activity().holdNanos(nanos, this::complete));
    }

    /** The pace of a job some of whose parts may be slow. */
    private Pace slowed(Pace pace) {
        List<SlowPart> parts = slow.isEmpty() ? List.of() : slow.of(this::slotAtWork);
        return parts.isEmpty() ? pace : pace.stretched(state.job().stepTimes().stretch(parts));
    }

    /** The slot of a node that takes part; negative for other nodes. */
    private int slotAtWork(int node) {
        int slot = state.placement().slotOf(node);
        return slot >= 0 && state.placement().isOut(slot) ? -1 : slot;
    }

    private void complete(long nowNanos) {
        state.endRun(nowNanos);
        state.phase().enter(nowNanos, Phase.DONE);
        state.timeline().simulation().stop();
    }

    /** Nodes beside the job are ready. */
    void onReady(long nowNanos) {
        if (state.isRunning() && state.nodes().hasReady()) {
            pause(nowNanos);
        }
    }

    /** Lets the step under way end, and the snapshot that is due then, and takes the nodes in that are ready. */
    private void pause(long nowNanos) {
        hold(state.work().nanosToPause(nowNanos), this::takeIn);
    }

    private void hold(long rest, Step then) {
        pauses = true;
        Activity activity = state.activity();
        if (!activity.isWaiting() || activity.remainingNanos() > rest) {
            activity.interrupt();
            activity.holdNanos(rest, then);
        }
    }

    private void takeIn(long nowNanos) {
        state.endRun(nowNanos);
        state.phase().enter(nowNanos, Phase.INITIALISING);
        state.nodes().takeIn(nowNanos);
        start.initialise(nowNanos, Start.RECONFIGURE);
    }

    /** Some nodes became slow or well: after the step under way and a snapshot due then the job goes on at their pace. */
    void onPaceChange(long nowNanos, int firstNode, int endNode) {
        if (state.isRunning() && state.placement().countIn(firstNode, endNode) > 0) {
            hold(state.work().nanosToPause(nowNanos), this::changePace);
        }
    }

    /** Storage is away or back: from the step under way on the job saves where it can; a snapshot under way still ends. */
    void onStoreChange(long nowNanos) {
        if (!state.isRunning()) {
            return;
        }
        if (!state.work().isAtSteps(nowNanos)) {
            long rest = state.work().nanosToBoundary(nowNanos);
            if (!state.work().isDoneBy(nowNanos + rest)) {
                state.activity().interrupt();
                hold(rest, this::changePace);
            }
            return;
        }
        state.work().saveWhereItCan(nowNanos);
        state.activity().interrupt();
        boolean paused = pauses;
        awaitEnd(nowNanos);
        if (paused) {
            hold(state.work().nanosToPause(nowNanos), this::changePace);
        }
    }

    /** The job goes on until what a signal announced comes: its state is saved, or cannot be. */
    void goOn(long nowNanos) {
        changePace(nowNanos);
    }

    private void changePace(long nowNanos) {
        if (state.nodes().hasReady()) {
            takeIn(nowNanos);
        } else {
            state.endRun(nowNanos);
            state.phase().enter(nowNanos, Phase.RUNNING);
            run(nowNanos);
        }
    }
}
