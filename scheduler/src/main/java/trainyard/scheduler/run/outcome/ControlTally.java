package trainyard.scheduler.run.outcome;

/**
 * What the scheduler and the stores beside a cluster did.
 *
 * @param decisions how often the policy was asked
 * @param decidingNanos time that it took for that
 * @param writes starts and stops written to the metadata store
 * @param writingNanos time for which it served them
 * @param startWriteNanos from the decision until the write was done, summed over the starts
 * @param starts how many there were
 * @param faults of nodes
 * @param unnoticedNanos time until somebody noticed them, summed
 * @param storeNanos time for which the store of checkpoints was busy if each transfer has the share of its bandwidth that its job can use
 */
public record ControlTally(
        long decisions,
        long decidingNanos,
        long writes,
        long writingNanos,
        long startWriteNanos,
        long starts,
        long faults,
        long unnoticedNanos,
        double storeNanos) {

    /** From a decision until its job is written down, in the mean over the starts; 0 without any. */
    public double meanStartWriteNanos() {
        return starts == 0 ? 0 : (double) startWriteNanos / starts;
    }

    /** From a fault of a node until somebody notices it, in the mean; 0 without any. */
    public double meanUnnoticedNanos() {
        return faults == 0 ? 0 : (double) unnoticedNanos / faults;
    }
}
