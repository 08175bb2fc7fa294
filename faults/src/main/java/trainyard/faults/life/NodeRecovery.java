package trainyard.faults.life;

import trainyard.faults.cause.Damage;
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

    /** Nodes came: a job that waits for them starts when it has all. */
    void granted(long nowNanos) {
        if (state.phase().is(Phase.WAITING) && !state.activity().isWaiting()) {
            startIfComplete(nowNanos);
        }
    }

    private void startIfComplete(long nowNanos) {
        if (nodes.isComplete()) {
            limit.begin();
            jobStart.initialise(nowNanos, start);
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
            nodes.keepFirst(nowNanos, shrink.nodes(), shrink.growth());
            jobStart.initialise(nowNanos, Start.RECONFIGURE);
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
            boolean away = state.job().checkpoints().levels().stream()
                    .anyMatch(level -> !state.store().reaches(level, nowNanos));
            long waits = away ? state.store().awayNanos(nowNanos) : 0;
            state.spendNanos(nowNanos, Phase.SAVING, waits + nanos, this::saved);
        }
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
        nodes.requestTogether();
        startIfComplete(nowNanos);
    }

    /** Gives all nodes back and asks for others after the time in the queue. */
    private void requeue(long nowNanos) {
        limit.end();
        start = Start.COLD;
        nodes.giveAllBack(nowNanos);
        nodes.queue(nowNanos);
        state.activity().holdNanos(state.incident().draw(state.job().times().queue()), now -> nodes.requestTogether());
    }
}
