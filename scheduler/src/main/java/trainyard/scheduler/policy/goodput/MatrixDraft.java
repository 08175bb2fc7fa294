package trainyard.scheduler.policy.goodput;

import java.util.Arrays;

/** A matrix of allocations in the making: GPUs by job and node, and which jobs may have any, so that those of a long queue that have none cost nothing. */
final class MatrixDraft {

    private final int[][] gpus;
    /** By job the row that was put in; null for one that was not. */
    private final AllocationRow[] origin;

    private final boolean[] isListed;
    private final int[] listed;
    private int count;

    MatrixDraft(int jobs, int nodes) {
        gpus = new int[jobs][nodes];
        origin = new AllocationRow[jobs];
        isListed = new boolean[jobs];
        listed = new int[jobs];
    }

    /** No job has GPUs. */
    void clear() {
        for (int i = 0; i < count; i++) {
            Arrays.fill(gpus[listed[i]], 0);
            origin[listed[i]] = null;
            isListed[listed[i]] = false;
        }
        count = 0;
    }

    int allJobs() {
        return gpus.length;
    }

    /** How many jobs are listed: those that may have GPUs. All others have none. */
    int count() {
        return count;
    }

    /** One of the listed jobs, from 0. */
    int job(int at) {
        return listed[at];
    }

    /** GPUs of each node that a job has, to be changed; {@link #list} it before it gets any. */
    int[] row(int job) {
        return gpus[job];
    }

    /** Gives a job without GPUs those of a row. */
    void put(int job, AllocationRow row) {
        if (row.total() > 0) {
            list(job);
            row.copyTo(gpus[job]);
            origin[job] = row;
        }
    }

    /** What a job has; the row that was put in where that is the same. */
    AllocationRow made(int job) {
        return origin[job] != null && origin[job].isSame(gpus[job])
                ? origin[job]
                : new AllocationRow(gpus[job].clone());
    }

    /** A job may have GPUs from now on. */
    void list(int job) {
        if (!isListed[job]) {
            isListed[job] = true;
            listed[count++] = job;
        }
    }

    /** The listed jobs stand in ascending order. */
    void sort() {
        Arrays.sort(listed, 0, count);
    }

    /** What the listed jobs leave of some GPUs by node; below 0 where they have more. */
    int[] left(int[] capacity) {
        int[] left = capacity.clone();
        for (int i = 0; i < count; i++) {
            int[] row = gpus[listed[i]];
            for (int node = 0; node < left.length; node++) {
                left[node] -= row[node];
            }
        }
        return left;
    }
}
