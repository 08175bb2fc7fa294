package trainyard.scheduler.run.outcome;

import trainyard.scheduler.job.ClusterJob;

/**
 * What became of a job.
 *
 * @param job the job
 * @param readyNanos when it came into the queue: when it was submitted, or once the jobs were done that it waits for; -1 if it
 *     never did
 * @param startNanos when it first ran; -1 if it never did
 * @param endNanos when it ended; -1 if it did not
 * @param workLeftNanos work that it had yet to do when the run ended; 0 if it was done
 * @param preemptions how often it was stopped to make place for another
 * @param losses what else it suffered
 */
public record JobOutcome(
        ClusterJob job,
        long readyNanos,
        long startNanos,
        long endNanos,
        long workLeftNanos,
        int preemptions,
        JobLosses losses) {

    public boolean isDone() {
        return endNanos >= 0;
    }

    /** Job completion time (JCT): from submission to end. */
    public long completionNanos() {
        return endNanos - job.submitNanos();
    }

    /**
     * Whether it never came into the queue and never will: a trial that was stopped before, or a job whose predecessor was given
     * up.
     */
    public boolean isCancelled() {
        return losses.gaveUp() && readyNanos < 0;
    }

    /** Time until the jobs were done that it waits for; of a job that came into the queue. */
    public long blockedNanos() {
        return readyNanos - job.submitNanos();
    }

    /** Time in the queue until it ended; in a run with accounts. */
    public long queuedNanos() {
        return completionNanos() - blockedNanos() - losses.heldNanos();
    }

    /**
     * Time for which it waited, before its first start and after preemptions; what a policy set it back counts, too,
     * and so does whatever made it slower.
     */
    public long waitNanos() {
        return completionNanos() - blockedNanos() - job.runNanos();
    }
}
