package trainyard.faults.life.phase;

import trainyard.faults.cause.Damage;
import trainyard.faults.life.cluster.LifePriorities;
import trainyard.faults.life.nodes.JobNodes;
import trainyard.faults.recovery.Reaction;
import trainyard.faults.recovery.Start;

/** How a job gets the nodes for its next start: what its recovery policy says, done. */
final class NodeRecovery {

    private final JobState state;
    private final JobNodes nodes;
    private final JobStart jobStart;
    private final TimeLimit limit;
    /** How the job starts once it has all its nodes. */
    private Start start = Start.COLD;

    NodeRecovery(JobState state, JobStart jobStart, SignalSaves saves) {
        this.state = state;
        this.jobStart = jobStart;
        nodes = state.nodes();
        limit = new TimeLimit(state, saves, this::requeue);
    }

    /** Nodes came: a job that waits for them starts when it has all, or enough where it may begin with fewer. */
    void granted(long nowNanos) {
        if (waits()) {
            startIfComplete(nowNanos);
        }
        if (waits() && state.job().recovery().startsWithFewer()) {
            state.timeline().after(0, LifePriorities.BEHIND_GRANTS, this::startWithFewer);
        }
    }

    private boolean waits() {
        return state.phase().is(Phase.WAITING) && !state.activity().isWaiting();
    }

    private void startIfComplete(long nowNanos) {
        if (nodes.isComplete()) {
            limit.begin();
            jobStart.initialise(nowNanos, start);
        }
    }

    private void startWithFewer(long nowNanos) {
        if (waits() && state.job().recovery().react(state.situation()) instanceof Reaction.Shrink shrink) {
            limit.begin();
            // What it asked for one by one it asks for again in the units that it grows by.
            nodes.withdraw();
            nodes.leaveQueue(nowNanos);
            goOn(nowNanos, shrink, Start.COLD);
        }
    }

    private void goOn(long nowNanos, Reaction.Shrink shrink, Start how) {
        // Which slots hold no state cannot be told any more once nodes have moved.
        if (state.stateIsLost()) {
            state.standstill().loseState();
        }
        nodes.keepFirst(nowNanos, shrink.nodes(), shrink.growth(), shrink.rejoin());
        jobStart.initialise(nowNanos, how);
    }

    /** Asks for the nodes that the job lacks. */
    void request() {
        if (state.job().recovery().startsWithFewer()) {
            nodes.requestBy(1);
        } else {
            nodes.requestTogether();
        }
    }

    /** Does what the policy says about the nodes that are left. */
    void recover(long nowNanos) {
        state.phase().enter(nowNanos, Phase.WAITING);
        nodes.giveBackBroken(nowNanos);
        Reaction reaction = state.job().recovery().react(state.situation());
        if (reaction instanceof Reaction.GoOn goOn) {
            nodes.leaveBlank(nowNanos, goOn.unit(), goOn.rejoin());
            jobStart.initialise(nowNanos, Start.RECONFIGURE);
        } else if (reaction instanceof Reaction.Shrink shrink) {
            goOn(nowNanos, shrink, Start.RECONFIGURE);
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
        } else if (isAway(nowNanos)) {
            state.spendNanos(nowNanos, Phase.SAVING, state.store().awayNanos(nowNanos), back -> save(back, nanos));
        } else {
            state.spendNanos(nowNanos, Phase.SAVING, nanos, this::saved);
        }
    }

    private boolean isAway(long nowNanos) {
        return state.job().checkpoints().levels().stream()
                .anyMatch(level -> !state.store().reaches(level, nowNanos));
    }

    private void saved(long nowNanos) {
        state.job().checkpoints().levels().stream()
                .filter(level -> level.outlasts(Damage.NODE))
                .forEach(level -> state.work().save(nowNanos, level));
        state.phase().enter(nowNanos, Phase.WAITING);
        replace(nowNanos);
    }

    private void replace(long nowNanos) {
        nodes.fillFromStandbys(nowNanos);
        request();
        startIfComplete(nowNanos);
    }

    /** Gives all nodes back and asks for others after the time in the queue. */
    private void requeue(long nowNanos) {
        limit.end();
        start = Start.COLD;
        nodes.giveAllBack(nowNanos);
        nodes.queue(nowNanos);
        state.activity().holdNanos(state.standstill().draw(state.job().times().queue()), now -> request());
    }
}
