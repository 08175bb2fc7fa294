package trainyard.faults.coordination.queue;

import java.util.List;
import trainyard.sim.engine.SimTime;

/**
 * What became of the tasks of a queue.
 *
 * @param endNanos when the last task was done or lost, or the horizon
 * @param done tasks that were done at least once
 * @param lost tasks that nobody has and nobody will get again
 * @param deliveries times that a task was handed to a worker
 * @param repeats times that a task was done though it had been done before
 * @param broken times that a worker died over a task
 * @param usefulNanos worker time of the first completions
 * @param repeatedNanos worker time of the later completions
 * @param brokenNanos worker time that deaths destroyed
 * @param doneAt when each task was first done, in that order
 */
public record QueueOutcome(
        long endNanos,
        int done,
        int lost,
        long deliveries,
        long repeats,
        long broken,
        long usefulNanos,
        long repeatedNanos,
        long brokenNanos,
        List<Long> doneAt) {

    public QueueOutcome {
        doneAt = List.copyOf(doneAt);
    }

    /** Worker time spent on tasks that were done before, over all worker time spent. */
    public double repeatedShare() {
        return share(repeatedNanos);
    }

    /** Worker time that deaths destroyed, over all worker time spent. */
    public double brokenShare() {
        return share(brokenNanos);
    }

    private double share(long nanos) {
        long spent = usefulNanos + repeatedNanos + brokenNanos;
        return spent == 0 ? 0 : (double) nanos / spent;
    }

    /** Time until every task was done or lost. */
    public double seconds() {
        return SimTime.seconds(endNanos);
    }
}
