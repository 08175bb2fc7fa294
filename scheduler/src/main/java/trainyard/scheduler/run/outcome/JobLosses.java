package trainyard.scheduler.run.outcome;

/**
 * What a job suffered; times are kept only in a run with accounts.
 *
 * @param failures how often a failure stopped it
 * @param gaveUp whether it will never be done: a failure stopped it once too often, or it was dropped before it ran
 * @param lostNanos time of work that was done in vain
 * @param overheadNanos time with GPUs on which it did not work: starts, loads, checkpoints, standing still
 * @param heldNanos time with GPUs
 */
public record JobLosses(int failures, boolean gaveUp, long lostNanos, long overheadNanos, long heldNanos) {

    /** Nothing, or nothing that anybody kept. */
    public static final JobLosses NONE = new JobLosses(0, false, 0, 0, 0);
}
