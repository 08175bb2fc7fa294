package trainyard.scheduler.policy.goodput;

import java.util.Arrays;

/**
 * A matrix of allocations and what it is worth. Kept are the rows with GPUs: of a long queue nearly all have none.
 *
 * @param jobs that have GPUs, ascending; not to be changed
 * @param rows of these jobs; not to be changed
 * @param fitness what it is worth
 */
public record AllocationMatrix(int[] jobs, AllocationRow[] rows, double fitness) {

    /** What a job has; the row that is given if that is nothing. */
    public AllocationRow row(int job, AllocationRow none) {
        int at = Arrays.binarySearch(jobs, job);
        return at < 0 ? none : rows[at];
    }

    /**
     * The rows of all jobs.
     *
     * @param count how many jobs there are
     * @param none the row of those without GPUs
     */
    public AllocationRow[] all(int count, AllocationRow none) {
        AllocationRow[] all = new AllocationRow[count];
        Arrays.fill(all, none);
        for (int i = 0; i < jobs.length; i++) {
            all[jobs[i]] = rows[i];
        }
        return all;
    }

    /** Whether all jobs have the same in both. */
    boolean isSame(AllocationMatrix other) {
        if (fitness != other.fitness || !Arrays.equals(jobs, other.jobs)) {
            return false;
        }
        for (int i = 0; i < rows.length; i++) {
            if (!rows[i].isSame(other.rows[i])) {
                return false;
            }
        }
        return true;
    }
}
