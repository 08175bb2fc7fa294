package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.List;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/** The state of every job, in columns. */
final class JobTable {

    private static final long NEVER = -1;
    private static final int[] NOWHERE = {};

    private final List<ClusterJob> jobs;
    private final int[] gpus;
    private final long[] remaining;
    private final long[] runningSince;
    private final long[] firstStart;
    private final long[] end;
    private final int[] preemptions;
    /** Node of a job on one node; the arrays hold those of a job on several. */
    private final int[] node;

    /** GPUs that a job holds before it has all. */
    private final int[] held;

    private final int[][] nodes;
    private final int[][] nodeGpus;

    JobTable(List<ClusterJob> jobs) {
        this.jobs = jobs;
        int count = jobs.size();
        gpus = new int[count];
        remaining = new long[count];
        runningSince = filled(count);
        firstStart = filled(count);
        end = filled(count);
        preemptions = new int[count];
        node = new int[count];
        held = new int[count];
        nodes = new int[count][];
        nodeGpus = new int[count][];
        for (int job = 0; job < count; job++) {
            gpus[job] = jobs.get(job).gpus();
            remaining[job] = jobs.get(job).runNanos();
        }
    }

    private static long[] filled(int count) {
        long[] times = new long[count];
        Arrays.fill(times, NEVER);
        return times;
    }

    int count() {
        return gpus.length;
    }

    ClusterJob job(int job) {
        return jobs.get(job);
    }

    int gpus(int job) {
        return gpus[job];
    }

    boolean isRunning(int job) {
        return runningSince[job] != NEVER;
    }

    long remainingNanos(int job, long nowNanos) {
        return isRunning(job) ? remaining[job] - (nowNanos - runningSince[job]) : remaining[job];
    }

    long attainedNanos(int job, long nowNanos) {
        return jobs.get(job).runNanos() - remainingNanos(job, nowNanos);
    }

    void start(int job, long nowNanos, NodeShares shares) {
        runningSince[job] = nowNanos;
        firstStart[job] = firstStart[job] == NEVER ? nowNanos : firstStart[job];
        node[job] = shares.node(0);
        boolean one = shares.count() == 1;
        nodes[job] = one ? NOWHERE : shares.nodes();
        nodeGpus[job] = one ? NOWHERE : shares.gpusOfNodes();
    }

    /** Stops a job that runs and gives its GPUs back. */
    void stop(int job, long nowNanos, FreeGpus free) {
        remaining[job] = remainingNanos(job, nowNanos);
        runningSince[job] = NEVER;
        give(job, free);
    }

    /** Adds the GPUs of a job that runs to those that are free. */
    void give(int job, FreeGpus free) {
        if (nodes[job].length == 0) {
            free.give(node[job], gpus[job]);
        }
        for (int i = 0; i < nodes[job].length; i++) {
            free.give(nodes[job][i], nodeGpus[job][i]);
        }
    }

    /** Takes the GPUs of a job that runs from those that are free. */
    void take(int job, FreeGpus free) {
        if (nodes[job].length == 0) {
            free.take(node[job], gpus[job]);
        }
        for (int i = 0; i < nodes[job].length; i++) {
            free.take(nodes[job][i], nodeGpus[job][i]);
        }
    }

    /** Puts the GPUs of a job that runs into another object. */
    void copyShares(int job, NodeShares copy) {
        copy.clear();
        if (nodes[job].length == 0) {
            copy.add(node[job], gpus[job]);
        }
        for (int i = 0; i < nodes[job].length; i++) {
            copy.add(nodes[job][i], nodeGpus[job][i]);
        }
    }

    /** GPUs that a job holds before it has all. */
    int held(int job) {
        return held[job];
    }

    /** Adds to what a job holds. */
    void hold(int job, NodeShares shares) {
        int had = held[job] == 0 ? 0 : nodes[job].length;
        nodes[job] = Arrays.copyOf(had == 0 ? NOWHERE : nodes[job], had + shares.count());
        nodeGpus[job] = Arrays.copyOf(had == 0 ? NOWHERE : nodeGpus[job], had + shares.count());
        for (int i = 0; i < shares.count(); i++) {
            nodes[job][had + i] = shares.node(i);
            nodeGpus[job][had + i] = shares.gpus(i);
            held[job] += shares.gpus(i);
        }
    }

    /** Begins to run on what it holds. */
    void startOnHeld(int job, long nowNanos) {
        held[job] = 0;
        runningSince[job] = nowNanos;
        firstStart[job] = firstStart[job] == NEVER ? nowNanos : firstStart[job];
    }

    /** Gives back what a job holds. */
    void release(int job, FreeGpus free) {
        if (held[job] > 0) {
            give(job, free);
            held[job] = 0;
        }
    }

    void setBack(int job, long nanos) {
        remaining[job] += nanos;
    }

    /** Counts a preemption of a job that was stopped, unless it runs again. */
    void countPreemption(int job) {
        preemptions[job] += isRunning(job) ? 0 : 1;
    }

    void ended(int job, long nowNanos) {
        end[job] = nowNanos;
    }

    JobOutcome outcome(int job) {
        return new JobOutcome(jobs.get(job), firstStart[job], end[job], preemptions[job]);
    }
}
