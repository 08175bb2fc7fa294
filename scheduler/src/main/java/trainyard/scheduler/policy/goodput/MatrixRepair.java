package trainyard.scheduler.policy.goodput;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Makes a matrix possible by taking GPUs away at random: from jobs with more than they may have, from all but one of the jobs on several nodes
 * that meet on one, and from nodes with fewer than are given. Jobs left with fewer than they need have none.
 */
final class MatrixRepair {

    private final AllocationProblem problem;
    private final UniformRandomProvider random;
    private final int[] candidates;

    MatrixRepair(AllocationProblem problem, UniformRandomProvider random) {
        this.problem = problem;
        this.random = random;
        candidates = new int[Math.max(problem.nodes(), problem.jobs().size())];
    }

    /** Repairs GPUs by job and node. */
    void repair(int[][] gpus) {
        for (int job = 0; job < gpus.length; job++) {
            limit(gpus[job], problem.jobs().get(job).most());
        }
        if (problem.avoidsInterference()) {
            separate(gpus);
        }
        for (int node = 0; node < problem.nodes(); node++) {
            fit(gpus, node);
        }
        for (int job = 0; job < gpus.length; job++) {
            if (sum(gpus[job]) < problem.jobs().get(job).least()) {
                Arrays.fill(gpus[job], 0);
            }
        }
    }

    private static int sum(int[] row) {
        int sum = 0;
        for (int count : row) {
            sum += count;
        }
        return sum;
    }

    private static int nodes(int[] row) {
        int nodes = 0;
        for (int count : row) {
            nodes += count > 0 ? 1 : 0;
        }
        return nodes;
    }

    private void limit(int[] row, int most) {
        for (int over = sum(row) - most; over > 0; over--) {
            int count = 0;
            for (int node = 0; node < row.length; node++) {
                if (row[node] > 0) {
                    candidates[count++] = node;
                }
            }
            row[candidates[random.nextInt(count)]]--;
        }
    }

    private void separate(int[][] gpus) {
        boolean[] spread = new boolean[gpus.length];
        for (int job = 0; job < gpus.length; job++) {
            spread[job] = nodes(gpus[job]) > 1;
        }
        for (int node = 0; node < problem.nodes(); node++) {
            int count = 0;
            for (int job = 0; job < gpus.length; job++) {
                if (spread[job] && gpus[job][node] > 0) {
                    candidates[count++] = job;
                }
            }
            int kept = count == 0 || problem.closed()[node] ? -1 : candidates[count == 1 ? 0 : random.nextInt(count)];
            for (int i = 0; i < count; i++) {
                if (candidates[i] != kept) {
                    gpus[candidates[i]][node] = 0;
                }
            }
        }
    }

    private void fit(int[][] gpus, int node) {
        int sum = 0;
        int count = 0;
        for (int job = 0; job < gpus.length; job++) {
            if (gpus[job][node] > 0) {
                sum += gpus[job][node];
                candidates[count++] = job;
            }
        }
        for (; sum > problem.capacity()[node]; sum--) {
            int chosen = random.nextInt(count);
            int job = candidates[chosen];
            if (--gpus[job][node] == 0) {
                candidates[chosen] = candidates[--count];
            }
        }
    }
}
