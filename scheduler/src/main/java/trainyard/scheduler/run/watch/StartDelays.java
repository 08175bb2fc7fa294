package trainyard.scheduler.run.watch;

import java.util.Arrays;
import trainyard.scheduler.cluster.NodeShares;

/**
 * How long each start was due: from when the job waited and the last of the GPUs that it gets had nobody that ran on it, until it
 * starts. It is 0 where the scheduler acts at once, and grows with its intervals, back-offs and decisions, and with what it keeps GPUs for
 * others. A job that joins others on their GPUs is not among them. Of free GPUs of a node those that have been free for longest are given first.
 */
public final class StartDelays implements JobWatcher {

    private static final NodeShares NOTHING = new NodeShares();

    /** By node and number of GPUs, since when there are as many free: valid up to what is free now. */
    private final long[][] since;

    private final int[] free;
    private final NodeShares[] held;
    private final long[] queuedAt;
    private double[] delays = new double[64];
    private int count;

    /**
     * @param gpusOfNodes GPUs of each node, all free; in parts where jobs share them
     * @param jobs how many there are
     */
    public StartDelays(int[] gpusOfNodes, int jobs) {
        since = new long[gpusOfNodes.length][];
        free = gpusOfNodes.clone();
        Arrays.setAll(since, node -> new long[gpusOfNodes[node] + 1]);
        held = new NodeShares[jobs];
        Arrays.fill(held, NOTHING);
        queuedAt = new long[jobs];
    }

    @Override
    public void queued(long nowNanos, int job) {
        queuedAt[job] = nowNanos;
    }

    @Override
    public void started(long nowNanos, int job, NodeShares shares) {
        long due = queuedAt[job];
        for (int i = 0; i < shares.count(); i++) {
            due = Math.max(due, since[shares.node(i)][shares.gpus(i)]);
        }
        hold(job, shares);
        if (count == delays.length) {
            delays = Arrays.copyOf(delays, 2 * count);
        }
        delays[count++] = nowNanos - due;
    }

    private void hold(int job, NodeShares shares) {
        NodeShares copy = new NodeShares();
        for (int i = 0; i < shares.count(); i++) {
            copy.add(shares.node(i), shares.gpus(i));
            take(shares.node(i), shares.gpus(i));
        }
        held[job] = copy;
    }

    /** Those that were free for longest go, and the others move up. */
    private void take(int node, int gpus) {
        free[node] -= gpus;
        for (int left = 1; left <= free[node]; left++) {
            since[node][left] = since[node][left + gpus];
        }
    }

    @Override
    public void inherited(long nowNanos, int job, NodeShares shares) {
        hold(job, shares);
    }

    @Override
    public void stopped(long nowNanos, int job) {
        NodeShares given = held[job];
        held[job] = NOTHING;
        for (int i = 0; i < given.count(); i++) {
            int node = given.node(i);
            int before = free[node];
            free[node] += given.gpus(i);
            Arrays.fill(since[node], before + 1, free[node] + 1, nowNanos);
        }
    }

    @Override
    public void returned(long nowNanos, int node) {
        Arrays.fill(since[node], nowNanos);
    }

    /** The delay of each start in nanoseconds, in their order. */
    public double[] nanos() {
        return Arrays.copyOf(delays, count);
    }
}
