package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.scale.Demand;
import trainyard.scheduler.scale.ScalingTally;
import trainyard.sim.engine.Simulation;

/** An autoscaler at work. Nodes that are broken or drain are neither counted nor touched. */
final class NodeScaling {

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Simulation simulation;
    private final FreeGpus free;
    private final NodeTenants tenants;
    private final Autoscaler scaler;
    private final WaitingGpus waiting;
    private final IntSupplier admissible;
    private final IntPredicate isAway;
    private final EndlessRunGuard guard;
    private final NodeLife.Jobs jobs;
    private final JobWatcher watcher;
    private final int lookHandler;
    private final int readyHandler;
    private final long[] readyAt;
    private final long[] returnedAt;
    private int orders;
    private int returns;
    private int thrashes;

    /**
     * @param waiting GPUs that jobs in the queue want
     * @param admissible as many as they may have, whatever nodes there are
     * @param isAway whether an outage has a node
     */
    NodeScaling(
            Simulation simulation,
            FreeGpus free,
            NodeTenants tenants,
            Autoscaler scaler,
            WaitingGpus waiting,
            IntSupplier admissible,
            IntPredicate isAway,
            EndlessRunGuard guard,
            NodeLife.Jobs jobs,
            JobWatcher watcher) {
        this.simulation = simulation;
        this.free = free;
        this.tenants = tenants;
        this.scaler = scaler;
        this.waiting = waiting;
        this.admissible = admissible;
        this.isAway = isAway;
        this.guard = guard;
        this.jobs = jobs;
        this.watcher = watcher;
        readyAt = new long[free.nodes()];
        returnedAt = new long[free.nodes()];
        Arrays.fill(returnedAt, NEVER);
        lookHandler = simulation.register((now, argument) -> look());
        readyHandler = simulation.register((now, node) -> ready(node));
    }

    /** Only the nodes that always stay are there at time 0, at which it looks for the first time. */
    void begin() {
        for (int node = scaler.firstNode() + scaler.leastNodes(); node < scaler.endNode(); node++) {
            free.setStatus(node, NodeStatus.OFF);
        }
        tell();
        simulation.schedule(0, NodeLife.LOOK_PRIORITY, lookHandler, 0);
    }

    private void tell() {
        watcher.provisioned(simulation.now(), free.capacity(NodeStatus.UP));
    }

    private void look() {
        guard.look(simulation.now());
        int there = 0;
        for (int node = scaler.firstNode(); node < scaler.endNode(); node++) {
            NodeStatus status = free.status(node);
            there += status == NodeStatus.UP || status == NodeStatus.STARTING ? 1 : 0;
        }
        int all = scaler.endNode() - scaler.firstNode();
        int wanted = Math.max(scaler.leastNodes(), Math.min(all, scaler.rule().nodes(demand())));
        if (wanted > there) {
            order(wanted - there);
        } else if (wanted < there) {
            giveBack(there - wanted);
        }
        simulation.scheduleAfter(scaler.periodNanos(), NodeLife.LOOK_PRIORITY, lookHandler, 0);
    }

    private Demand demand() {
        int scaledUp = 0;
        int used = 0;
        for (int node = scaler.firstNode(); node < scaler.endNode(); node++) {
            if (free.status(node) == NodeStatus.UP) {
                scaledUp += free.capacity(node);
                used += free.capacity(node) - free.free(node);
            }
        }
        int gpusPerNode = free.capacity(scaler.firstNode());
        if (scaler.isOfType()) {
            int untyped = scaler.firstNode() == 0 ? waiting.ofType("") : 0;
            int wanted = waitingGpus(waiting.ofType(scaler.gpuType()) + untyped);
            return new Demand(simulation.now(), used, wanted, 0, gpusPerNode);
        }
        int up = free.capacity(NodeStatus.UP);
        int wanted = waitingGpus(waiting.all());
        return new Demand(simulation.now(), up - free.free(), wanted, up - scaledUp, gpusPerNode);
    }

    private int waitingGpus(int wanted) {
        return wanted == 0 ? 0 : Math.min(wanted, admissible.getAsInt());
    }

    private void order(int count) {
        long now = simulation.now();
        int left = count;
        jobs.beforeChange();
        for (int node = scaler.firstNode(); node < scaler.endNode() && left > 0; node++) {
            // A node that its lender took back cannot be ordered until it returns.
            if (free.status(node) != NodeStatus.OFF || isAway.test(node)) {
                continue;
            }
            free.setStatus(node, NodeStatus.STARTING);
            simulation.schedule(now + scaler.provisionNanos(), NodeLife.PRIORITY, readyHandler, node);
            thrashes += now - returnedAt[node] < scaler.provisionNanos() + scaler.idleNanos() ? 1 : 0;
            orders++;
            left--;
        }
    }

    private void ready(int node) {
        jobs.beforeChange();
        free.setStatus(node, NodeStatus.UP);
        jobs.returned(node);
        readyAt[node] = simulation.now();
        tell();
        jobs.afterChange();
    }

    private void giveBack(int count) {
        long now = simulation.now();
        int left = count;
        jobs.beforeChange();
        for (int node = scaler.endNode() - 1; node >= scaler.firstNode() && left > 0; node--) {
            // One that is broken, though nobody has noticed yet, is not given back: it would come back from its repair.
            boolean empty =
                    free.status(node) == NodeStatus.UP && free.free(node) == free.capacity(node) && !isAway.test(node);
            long since = Math.max(readyAt[node], tenants.emptySince(node));
            if (empty && now - since >= scaler.idleNanos()) {
                free.setStatus(node, NodeStatus.OFF);
                returnedAt[node] = now;
                returns++;
                left--;
            }
        }
        if (left < count) {
            tell();
        }
    }

    ScalingTally tally() {
        return new ScalingTally(orders, returns, thrashes);
    }
}
