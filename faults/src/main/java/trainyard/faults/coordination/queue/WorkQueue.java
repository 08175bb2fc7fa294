package trainyard.faults.coordination.queue;

import java.util.OptionalDouble;
import trainyard.sim.random.RandomStreams;

/**
 * Tasks that workers take from a queue. A task that was taken is hidden from the others; if it is not reported done within
 * the visibility timeout, the queue hands it out again.
 *
 * @param tasks how many, 1 or more
 * @param workers how many, 1 or more
 * @param taskSeconds mean time of a task, above 0
 * @param spread coefficient of variation of that time, which is lognormal; 0 for a fixed time
 * @param mtbfSeconds mean working time between two deaths of one worker, exponential; empty where none dies
 * @param restartSeconds from the death of a worker until it takes tasks again, 0 or more
 * @param delivery when a task leaves the queue for good
 * @param visibilitySeconds visibility timeout, above 0
 * @param horizonSeconds when the run is given up, above 0
 */
public record WorkQueue(
        int tasks,
        int workers,
        double taskSeconds,
        double spread,
        OptionalDouble mtbfSeconds,
        double restartSeconds,
        Delivery delivery,
        double visibilitySeconds,
        double horizonSeconds) {

    /** When a task leaves the queue for good. */
    public enum Delivery {
        /** When it is reported done; until then it may be handed out again. */
        AT_LEAST_ONCE,
        /** When it is taken; a worker that dies takes it along. */
        AT_MOST_ONCE
    }

    public WorkQueue {
        if (tasks < 1
                || workers < 1
                || !(taskSeconds > 0 && spread >= 0 && restartSeconds >= 0)
                || !(visibilitySeconds > 0 && horizonSeconds > 0)) {
            throw new IllegalArgumentException("a queue needs tasks, workers and positive times");
        }
    }

    /** Runs one replication until every task is done or lost. The same streams give the same outcome. */
    public QueueOutcome run(RandomStreams streams) {
        return new QueueRun(this, streams).run();
    }
}
