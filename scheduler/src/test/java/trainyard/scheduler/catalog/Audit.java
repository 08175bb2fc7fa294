package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;

/**
 * Keeps books of its own of what a run says that it does, and holds at each moment that no node gives more GPUs than it has,
 * that a job runs only after it came and where its type of GPU is, and that what is told of jobs fits together. Jobs hold
 * whole GPUs, each its own.
 */
final class Audit implements JobWatcher {

    private final ClusterLayout layout;
    private final String run;
    private final int[] used;
    private final boolean[] present;
    private final boolean[] running;
    private final int[][] nodes;
    private final int[][] gpus;
    private final long[] since;
    private final long[] heldNanos;
    private final int[] stops;
    private double gpuNanos;
    private long lastNanos;

    Audit(ClusterLayout layout, int jobs, String run) {
        this.layout = layout;
        this.run = run;
        used = new int[layout.nodes()];
        present = new boolean[jobs];
        running = new boolean[jobs];
        nodes = new int[jobs][];
        gpus = new int[jobs][];
        since = new long[jobs];
        heldNanos = new long[jobs];
        stops = new int[jobs];
    }

    private void at(long nowNanos, int job) {
        assertTrue(nowNanos >= lastNanos, () -> run + ": time goes back at job " + job);
        lastNanos = nowNanos;
    }

    @Override
    public void queued(long nowNanos, int job) {
        at(nowNanos, job);
        assertTrue(!running[job], () -> run + ": job " + job + " runs and waits");
        present[job] = true;
    }

    @Override
    public void started(long nowNanos, int job, NodeShares shares) {
        at(nowNanos, job);
        assertTrue(present[job], () -> run + ": job " + job + " runs before it came");
        assertTrue(!running[job], () -> run + ": job " + job + " runs twice");
        running[job] = true;
        since[job] = nowNanos;
        nodes[job] = shares.nodes();
        gpus[job] = shares.gpusOfNodes();
        for (int i = 0; i < nodes[job].length; i++) {
            int node = nodes[job][i];
            used[node] += gpus[job][i];
            assertTrue(gpus[job][i] > 0, () -> run + ": job " + job + " has nothing of a node");
            assertTrue(used[node] <= layout.gpus(node), () -> run + ": node " + node + " gives " + used[node]);
        }
        assertEquals(nodes[job].length, Arrays.stream(nodes[job]).distinct().count(), run);
    }

    @Override
    public void stopped(long nowNanos, int job) {
        at(nowNanos, job);
        assertTrue(running[job], () -> run + ": job " + job + " stops twice");
        running[job] = false;
        stops[job]++;
        heldNanos[job] += nowNanos - since[job];
        gpuNanos += (double) (nowNanos - since[job]) * Arrays.stream(gpus[job]).sum();
        for (int i = 0; i < nodes[job].length; i++) {
            used[nodes[job][i]] -= gpus[job][i];
        }
    }

    /** GPUs times the time for which jobs had them. */
    double gpuNanos() {
        return gpuNanos;
    }

    /** How often jobs were stopped before they were done. */
    int stopsBeforeTheEnd() {
        return Arrays.stream(stops).sum() - stops.length;
    }

    /** What a run came to is what was seen of it. */
    void agreesWith(ClusterOutcome outcome) {
        List<JobOutcome> jobs = outcome.jobs();
        assertEquals(stops.length, jobs.size(), run);
        for (int job = 0; job < stops.length; job++) {
            JobOutcome end = jobs.get(job);
            assertTrue(end.isDone() && !running[job], () -> run + ": " + end);
            assertTrue(end.readyNanos() >= end.job().submitNanos(), () -> run + ": " + end);
            assertTrue(end.startNanos() >= end.readyNanos(), () -> run + ": " + end);
            assertTrue(end.endNanos() >= end.startNanos(), () -> run + ": " + end);
            assertEquals(heldNanos[job], end.losses().heldNanos(), () -> run + ": " + end);
            assertTrue(end.preemptions() < Math.max(1, stops[job]), () -> run + ": " + end);
        }
        assertTrue(Arrays.stream(used).allMatch(gpu -> gpu == 0), run);
    }
}
