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

    /** Repairs a matrix. */
    void repair(MatrixDraft draft) {
        for (int i = 0; i < draft.count(); i++) {
            limit(draft.row(draft.job(i)), problem.jobs().get(draft.job(i)).most());
        }
        if (problem.avoidsInterference()) {
            separate(draft);
        }
        for (int node = 0; node < problem.nodes(); node++) {
            fit(draft, node);
        }
        for (int i = 0; i < draft.count(); i++) {
            int[] row = draft.row(draft.job(i));
            if (sum(row) < problem.jobs().get(draft.job(i)).least()) {
                Arrays.fill(row, 0);
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

    private void separate(MatrixDraft draft) {
        boolean[] spread = new boolean[draft.count()];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = nodes(draft.row(draft.job(i))) > 1;
        }
        for (int node = 0; node < problem.nodes(); node++) {
            int count = 0;
            for (int i = 0; i < spread.length; i++) {
                if (spread[i] && draft.row(draft.job(i))[node] > 0) {
                    candidates[count++] = draft.job(i);
                }
            }
            int kept = count == 0 || problem.closed()[node] ? -1 : candidates[count == 1 ? 0 : random.nextInt(count)];
            for (int i = 0; i < count; i++) {
                if (candidates[i] != kept) {
                    draft.row(candidates[i])[node] = 0;
                }
            }
        }
    }

    private void fit(MatrixDraft draft, int node) {
        int sum = 0;
        int count = 0;
        for (int i = 0; i < draft.count(); i++) {
            int own = draft.row(draft.job(i))[node];
            if (own > 0) {
                sum += own;
                candidates[count++] = draft.job(i);
            }
        }
        for (; sum > problem.capacity()[node]; sum--) {
            int chosen = random.nextInt(count);
            if (--draft.row(candidates[chosen])[node] == 0) {
                candidates[chosen] = candidates[--count];
            }
        }
    }
}
