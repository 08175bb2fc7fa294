package trainyard.scheduler.run;

import java.util.BitSet;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutage.Kind;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.sim.engine.Simulation;

/**
 * Nodes go and come back. A node of which something is known already, such as a broken or a draining one, is not drained once
 * more; one that breaks while it drains is broken. A fault that only jobs on the node have changes nothing of what happens to the node.
 */
final class NodeLife {

    /** Behind ends of jobs of the same moment and before arrivals. */
    static final int PRIORITY = -5;

    /** Behind arrivals, and before the policy is asked. */
    static final int LOOK_PRIORITY = 5;

    /** What happens to the jobs on nodes that go. */
    interface Jobs {

        /** Something about nodes is going to change. */
        void beforeChange();

        /** Something about nodes has changed. */
        void afterChange();

        /** A node is there again. */
        void returned(int node);

        /** A job stands still from now on, and nobody knows. */
        void hang(int job);

        /** Whether a job stands still. */
        boolean isHanging(int job);

        /** A job fails. */
        void fail(int job);

        /** A job has to go, of which it was told so long before. */
        void vacate(int job, long noticeNanos);
    }

    private final Simulation simulation;
    private final FreeGpus free;
    private final NodeTenants tenants;
    private final NodeOutages outages;
    private final EndlessRunGuard guard;
    private final Jobs jobs;
    private final RepairQueue repairs;
    private final BitSet inRepair = new BitSet();
    /** What is going to happen to a node next, and the outage that it belongs to. */
    private final long[] ticket;

    private final NodeOutage[] outage;
    /** When somebody notices that jobs on a node stand still, which stays itself. */
    private final long[] stuckTicket;

    private long faults;
    private long unnoticedNanos;
    private final int outageHandler;
    private final int goHandler;
    private final int noticeHandler;
    private final int stuckHandler;
    private final int backHandler;

    NodeLife(
            Simulation simulation,
            FreeGpus free,
            NodeTenants tenants,
            NodeOutages outages,
            int crews,
            EndlessRunGuard guard,
            Jobs jobs) {
        this.simulation = simulation;
        this.free = free;
        this.tenants = tenants;
        this.outages = outages;
        this.guard = guard;
        this.jobs = jobs;
        repairs = new RepairQueue(crews, this::beginRepair);
        ticket = new long[free.nodes()];
        outage = new NodeOutage[free.nodes()];
        stuckTicket = new long[free.nodes()];
        outageHandler = simulation.register((now, argument) -> strike());
        goHandler = simulation.register((now, node) -> go(node));
        noticeHandler = simulation.register((now, node) -> notice(node));
        stuckHandler = simulation.register((now, node) -> noticeStuck(node));
        backHandler = simulation.register((now, node) -> back(node));
    }

    /** Whether an outage has a node, so that nobody can order it and it comes back by itself. */
    boolean isAway(int node) {
        return simulation.isPending(ticket[node]) || inRepair.get(node);
    }

    /** Faults of nodes so far. */
    long faults() {
        return faults;
    }

    /** Time until somebody noticed them, summed. */
    long unnoticedNanos() {
        return unnoticedNanos;
    }

    /** Waits for the next outage. */
    void awaitNext() {
        if (outages.nextNanos() < Long.MAX_VALUE) {
            simulation.schedule(outages.nextNanos(), PRIORITY, outageHandler, 0);
        }
    }

    private void strike() {
        NodeOutage struck = outages.take();
        guard.outage();
        faults += struck.kind() == Kind.FAULT ? 1 : 0;
        unnoticedNanos += struck.stuckNanos();
        jobs.beforeChange();
        for (int node = struck.firstNode(); node < Math.min(struck.endNode(), free.nodes()); node++) {
            strike(node, struck);
        }
        jobs.afterChange();
        awaitNext();
    }

    private void strike(int node, NodeOutage struck) {
        NodeStatus status = free.status(node);
        boolean known = simulation.isPending(ticket[node]);
        if (struck.kind() != Kind.FAULT) {
            if (status == NodeStatus.UP && !known) {
                outage[node] = struck;
                free.setStatus(node, NodeStatus.DRAINING);
                ticket[node] = after(struck.noticeNanos(), goHandler, node);
            }
        } else if (status == NodeStatus.UP && !known || status == NodeStatus.DRAINING) {
            if (!struck.takesNodes()) {
                strikeJobs(node, struck.stuckNanos());
                return;
            }
            simulation.cancel(ticket[node]);
            outage[node] = struck;
            if (struck.stuckNanos() == 0) {
                breakDown(node);
                return;
            }
            hangJobs(node);
            ticket[node] = after(struck.stuckNanos(), noticeHandler, node);
        }
    }

    /** A fault of jobs: their node stays, and whatever was going to happen to it still does. */
    private void strikeJobs(int node, long stuckNanos) {
        if (stuckNanos == 0) {
            failJobs(node);
        } else if (!simulation.isPending(stuckTicket[node])) {
            hangJobs(node);
            stuckTicket[node] = after(stuckNanos, stuckHandler, node);
        }
    }

    private void hangJobs(int node) {
        for (int job : tenants.of(node)) {
            jobs.hang(job);
        }
    }

    private long after(long nanos, int handler, int node) {
        return simulation.schedule(Math.addExact(simulation.now(), nanos), PRIORITY, handler, node);
    }

    private void notice(int node) {
        jobs.beforeChange();
        breakDown(node);
        jobs.afterChange();
    }

    /** Jobs that came to the node since the fault do not stand still. */
    private void noticeStuck(int node) {
        jobs.beforeChange();
        for (int job : tenants.of(node)) {
            if (jobs.isHanging(job)) {
                jobs.fail(job);
            }
        }
        jobs.afterChange();
    }

    private void breakDown(int node) {
        simulation.cancel(stuckTicket[node]);
        free.setStatus(node, NodeStatus.DOWN);
        failJobs(node);
        repairs.admit(node, outage[node].awayNanos());
    }

    private void failJobs(int node) {
        for (int job : tenants.of(node)) {
            jobs.fail(job);
        }
    }

    private void beginRepair(int node, long nanos) {
        inRepair.set(node);
        ticket[node] = after(nanos, backHandler, node);
    }

    private void go(int node) {
        jobs.beforeChange();
        simulation.cancel(stuckTicket[node]);
        for (int job : tenants.of(node)) {
            jobs.vacate(job, outage[node].noticeNanos());
        }
        free.setStatus(node, outage[node].kind() == Kind.RECLAIM ? NodeStatus.OFF : NodeStatus.DOWN);
        ticket[node] = after(outage[node].awayNanos(), backHandler, node);
        jobs.afterChange();
    }

    private void back(int node) {
        jobs.beforeChange();
        free.setStatus(node, NodeStatus.UP);
        jobs.returned(node);
        if (inRepair.get(node)) {
            inRepair.clear(node);
            repairs.finished();
        }
        jobs.afterChange();
    }
}
