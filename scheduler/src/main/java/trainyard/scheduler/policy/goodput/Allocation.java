package trainyard.scheduler.policy.goodput;

/**
 * A matrix of allocations and what it is worth.
 *
 * @param rows of each job; not to be changed
 * @param fitness what it is worth
 */
public record Allocation(AllocationRow[] rows, double fitness) {

    /** Whether all jobs have the same in both. */
    boolean isSame(Allocation other) {
        if (fitness != other.fitness) {
            return false;
        }
        for (int job = 0; job < rows.length; job++) {
            if (!rows[job].isSame(other.rows[job])) {
                return false;
            }
        }
        return true;
    }
}
