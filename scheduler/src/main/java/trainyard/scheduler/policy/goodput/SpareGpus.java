package trainyard.scheduler.policy.goodput;

import java.util.Arrays;

/** Hands out GPUs that nobody has to jobs that have none, in their order, as few as each needs, from the emptiest nodes on. */
final class SpareGpus {

    private final AllocationProblem problem;

    SpareGpus(AllocationProblem problem) {
        this.problem = problem;
    }

    /** The same matrix, and more. */
    AllocationRow[] handedOut(AllocationRow[] rows) {
        AllocationRow[] more = rows.clone();
        int[] free = free(rows);
        if (Arrays.stream(free).noneMatch(gpus -> gpus > 0)) {
            return more;
        }
        boolean[] shared = isShared(more);
        int left = Arrays.stream(free).filter(gpus -> gpus > 0).sum();
        for (int job = 0; job < more.length && left > 0; job++) {
            int least = problem.jobs().get(job).least();
            if (more[job].total() == 0 && least <= left) {
                int[] row = least(least, free, shared);
                more[job] = new AllocationRow(row);
                left -= more[job].total();
                for (int node = 0; node < row.length; node++) {
                    free[node] -= row[node];
                    shared[node] |= problem.avoidsInterference() && more[job].nodes() > 1 && row[node] > 0;
                }
            }
        }
        return more;
    }

    private int[] free(AllocationRow[] rows) {
        int[] free = problem.capacity().clone();
        for (AllocationRow row : rows) {
            for (int node = 0; node < free.length; node++) {
                free[node] -= row.gpus(node);
            }
        }
        return free;
    }

    /** Nodes that a job on several ones must not have. */
    private boolean[] isShared(AllocationRow[] rows) {
        boolean[] shared = new boolean[problem.nodes()];
        if (problem.avoidsInterference()) {
            for (int node = 0; node < shared.length; node++) {
                shared[node] = problem.closed()[node];
                for (AllocationRow row : rows) {
                    shared[node] |= row.nodes() > 1 && row.gpus(node) > 0;
                }
            }
        }
        return shared;
    }

    /** On one node where it fits, else on as few as can be; nothing where it does not fit. */
    private static int[] least(int wanted, int[] free, boolean[] shared) {
        int[] row = new int[free.length];
        int whole = emptiest(free, new boolean[free.length], row);
        if (whole >= 0 && free[whole] >= wanted) {
            row[whole] = wanted;
            return row;
        }
        int left = wanted;
        for (int node = emptiest(free, shared, row); left > 0 && node >= 0; node = emptiest(free, shared, row)) {
            row[node] = Math.min(left, free[node]);
            left -= row[node];
        }
        if (left > 0) {
            Arrays.fill(row, 0);
        }
        return row;
    }

    /** The node with most free GPUs of those that are not shared and not in the row; -1 if none has any. */
    private static int emptiest(int[] free, boolean[] shared, int[] row) {
        int best = -1;
        for (int node = 0; node < free.length; node++) {
            if (!shared[node] && row[node] == 0 && free[node] > 0 && (best < 0 || free[node] > free[best])) {
                best = node;
            }
        }
        return best;
    }
}
