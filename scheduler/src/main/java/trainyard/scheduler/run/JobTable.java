package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.run.outcome.JobLosses;
import trainyard.scheduler.run.outcome.JobOutcome;

/** Where every job is and what became of it, in columns. */
final class JobTable {

    private static final long NEVER = -1;
    private static final int[] NOWHERE = {};

    private final List<ClusterJob> jobs;
    private final int[] gpus;
    /** By job the number of its kind, 0 for the first; empty where all are of one kind. */
    private final int[] kind;

    private final long[] ready;
    private final long[] firstStart;
    private final long[] end;
    private final int[] preemptions;
    private final int[] failures;
    private final boolean[] gaveUp;
    /** Node of a job on one node; the arrays hold those of a job on several. */
    private final int[] node;

    /** GPUs that a job holds before it has all. */
    private final int[] held;

    private final int[][] nodes;
    private final int[][] nodeGpus;
    private final int partsPerGpu;
    /** By job which GPUs of each of its nodes it has; empty where that makes no difference. */
    private final long[][] which;

    /**
     * @param partsPerGpu in how many parts GPUs are counted
     * @param placement says which jobs need alike, and whether GPUs of a node are told apart
     */
    JobTable(List<ClusterJob> jobs, int partsPerGpu, Placement placement) {
        this.jobs = jobs;
        this.partsPerGpu = partsPerGpu;
        which = new long[placement.tellsGpusApart() ? jobs.size() : 0][];
        int count = jobs.size();
        gpus = new int[count];
        kind = kinds(jobs, placement);
        ready = filled(count);
        firstStart = filled(count);
        end = filled(count);
        preemptions = new int[count];
        failures = new int[count];
        gaveUp = new boolean[count];
        node = new int[count];
        held = new int[count];
        nodes = new int[count][];
        nodeGpus = new int[count][];
        for (int job = 0; job < count; job++) {
            gpus[job] = jobs.get(job).parts(partsPerGpu);
        }
    }

    private static int[] kinds(List<ClusterJob> jobs, Placement placement) {
        int[] numbers = {};
        Map<Object, Integer> seen = new HashMap<>();
        // One object for all jobs, not one for each.
        Function<Object, Integer> next = unseen -> seen.size();
        for (int job = 0; job < jobs.size(); job++) {
            int number = seen.computeIfAbsent(placement.kind(jobs.get(job)), next);
            if (number > 0) {
                numbers = numbers.length == 0 ? new int[jobs.size()] : numbers;
                numbers[job] = number;
            }
        }
        return numbers;
    }

    private static long[] filled(int count) {
        long[] times = new long[count];
        Arrays.fill(times, NEVER);
        return times;
    }

    int count() {
        return gpus.length;
    }

    List<ClusterJob> list() {
        return jobs;
    }

    ClusterJob job(int job) {
        return jobs.get(job);
    }

    /** A job has come into the queue for the first time. */
    void ready(int job, long nowNanos) {
        ready[job] = nowNanos;
    }

    /** GPUs that it has or wants, in parts. */
    int gpus(int job) {
        return gpus[job];
    }

    /** GPUs of which it has or wants a part or the whole. */
    int touchedGpus(int job) {
        return partsPerGpu == 1 ? gpus[job] : (gpus[job] + partsPerGpu - 1) / partsPerGpu;
    }

    /** GPUs that it was submitted for, in parts. */
    int wantedGpus(int job) {
        return jobs.get(job).parts(partsPerGpu);
    }

    /** The number of what it needs beside a number of GPUs. */
    int kind(int job) {
        return kind.length == 0 ? 0 : kind[job];
    }

    /** Changes how many GPUs a job that has none wants. */
    void setGpus(int job, int count) {
        gpus[job] = count;
    }

    /** A job gets GPUs. */
    void place(int job, long nowNanos, NodeShares shares) {
        noteStart(job, nowNanos);
        node[job] = shares.node(0);
        boolean one = shares.count() == 1;
        nodes[job] = one ? NOWHERE : shares.nodes();
        nodeGpus[job] = one ? NOWHERE : shares.gpusOfNodes();
        if (which.length > 0) {
            which[job] = shares.whichOfNodes();
        }
    }

    private void noteStart(int job, long nowNanos) {
        firstStart[job] = firstStart[job] == NEVER ? nowNanos : firstStart[job];
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
            copy.add(node[job], gpus[job], which(job, 0));
        }
        for (int i = 0; i < nodes[job].length; i++) {
            copy.add(nodes[job][i], nodeGpus[job][i], which(job, i));
        }
    }

    private long which(int job, int place) {
        return which.length == 0 ? 0 : which[job][place];
    }

    /** Whether a job that runs has all its GPUs on one node. */
    boolean isOnOneNode(int job) {
        return nodes[job].length == 0;
    }

    /** GPUs that a job holds before it has all. */
    int held(int job) {
        return held[job];
    }

    /** Adds to what a job holds; its parts on one node are one. */
    void hold(int job, NodeShares shares) {
        if (held[job] == 0) {
            nodes[job] = NOWHERE;
            nodeGpus[job] = NOWHERE;
        }
        for (int i = 0; i < shares.count(); i++) {
            int place = placeOf(job, shares.node(i));
            nodeGpus[job][place] += shares.gpus(i);
            held[job] += shares.gpus(i);
        }
    }

    /** Index of a node among those on which a job holds GPUs; it is added where it is not there. */
    private int placeOf(int job, int node) {
        int place = 0;
        while (place < nodes[job].length && nodes[job][place] != node) {
            place++;
        }
        if (place == nodes[job].length) {
            nodes[job] = Arrays.copyOf(nodes[job], place + 1);
            nodeGpus[job] = Arrays.copyOf(nodeGpus[job], place + 1);
            nodes[job][place] = node;
        }
        return place;
    }

    /** Begins to run on what it holds. */
    void startOnHeld(int job, long nowNanos) {
        held[job] = 0;
        if (nodes[job].length == 1) {
            node[job] = nodes[job][0];
            nodes[job] = NOWHERE;
            nodeGpus[job] = NOWHERE;
        }
        noteStart(job, nowNanos);
    }

    /** Gives back what a job holds. */
    void release(int job, FreeGpus free) {
        if (held[job] > 0) {
            give(job, free);
            held[job] = 0;
        }
    }

    void countPreemption(int job) {
        preemptions[job]++;
    }

    /** Counts a failure; returns how many there were. */
    int countFailure(int job) {
        return ++failures[job];
    }

    void giveUp(int job) {
        gaveUp[job] = true;
    }

    void ended(int job, long nowNanos) {
        end[job] = nowNanos;
    }

    int failures(int job) {
        return failures[job];
    }

    boolean gaveUp(int job) {
        return gaveUp[job];
    }

    JobOutcome outcome(int job, long workLeftNanos, JobLosses losses) {
        long left = end[job] == NEVER ? workLeftNanos : 0;
        return new JobOutcome(jobs.get(job), ready[job], firstStart[job], end[job], left, preemptions[job], losses);
    }
}
