package trainyard.faults.life.nodes;

import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.cluster.LifePriorities;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;

/** Nodes of a job that take no part in its steps: they wait for others, come up, copy the state, or are held ready. */
final class AsideGroup {

    private final GpuTimeLedger ledger;
    private final int gpusPerNode;
    private final Activity activity;
    private GpuState state;
    private long sinceNanos;
    private int nodes;
    private boolean ready;

    AsideGroup(Timeline timeline, GpuTimeLedger ledger, int gpusPerNode, GpuState state) {
        this.ledger = ledger;
        this.gpusPerNode = gpusPerNode;
        this.state = state;
        activity = new Activity(timeline, LifePriorities.JOB);
        sinceNanos = timeline.now();
    }

    /** Books the time up to now. */
    void book(long nowNanos) {
        ledger.add(state, nowNanos - sinceNanos, (long) nodes * gpusPerNode);
        sinceNanos = nowNanos;
    }

    /** Nodes come, or leave where their number is negative. */
    void change(long nowNanos, int by) {
        book(nowNanos);
        nodes += by;
    }

    /** Stops what it does and waits for other nodes. */
    void await(long nowNanos) {
        enter(nowNanos, GpuState.WAIT_FOR_NODES);
        activity.interrupt();
        ready = false;
    }

    /** Its processes start, then it copies the state; from then on it is ready and does something in the meantime. */
    void prepare(long nowNanos, long startNanos, long copyNanos, GpuState meanwhile, Step then) {
        await(nowNanos);
        enter(nowNanos, GpuState.INITIALISE);
        activity.holdNanos(startNanos, started -> {
            enter(started, GpuState.LOAD);
            activity.holdNanos(copyNanos, copied -> {
                enter(copied, meanwhile);
                ready = true;
                then.run(copied);
            });
        });
    }

    private void enter(long nowNanos, GpuState next) {
        book(nowNanos);
        state = next;
    }

    /** Its nodes go elsewhere. */
    void dissolve(long nowNanos) {
        book(nowNanos);
        activity.interrupt();
        nodes = 0;
        ready = false;
    }

    int nodes() {
        return nodes;
    }

    boolean isReady() {
        return ready;
    }
}
