package trainyard.scheduler.run.watch;

import java.util.List;
import trainyard.scheduler.cluster.NodeShares;

/** Is told what happens to jobs; it changes nothing. Jobs are named by their number in the order of arrival. */
public interface JobWatcher {

    /** Looks away. */
    JobWatcher NONE = new JobWatcher() {};

    /** A job has come into the queue, for the first time or again. */
    default void queued(long nowNanos, int job) {}

    /**
     * A job has left the queue and runs.
     *
     * @param shares where; the object is used again
     */
    default void started(long nowNanos, int job, NodeShares shares) {}

    /** A job has left the queue and runs on GPUs that another one holds. */
    default void joined(long nowNanos, int job) {}

    /**
     * A job that held GPUs does not run any more, and one that shared them holds them now.
     *
     * @param shares where; the object is used again
     */
    default void inherited(long nowNanos, int job, NodeShares shares) {}

    /**
     * A job that runs has its GPUs in one turn of so many from now on.
     *
     * @param turn from 0, which is that of the job that holds the GPUs
     */
    default void turns(long nowNanos, int job, int turn, int of) {}

    /** A job does not run any more: it is done, or was stopped. */
    default void stopped(long nowNanos, int job) {}

    /** A job was stopped so that another one can start, which is to come right after. */
    default void displaced(long nowNanos, int job, int beneficiary) {}

    /**
     * The autoscaler has begun, or a node that it ordered is there, or it has given nodes back.
     *
     * @param gpus of nodes that are there from now on
     */
    default void provisioned(long nowNanos, int gpus) {}

    /** A node that was not there is there again. */
    default void returned(long nowNanos, int node) {}

    /**
     * A pass of the policy is over.
     *
     * @param gpus free GPUs that the widest job in the queue wants for which as many are free, but not where they are
     */
    default void scattered(long nowNanos, int gpus) {}

    /** Whether it wants to be told of {@link #unusable}. */
    default boolean looksAtUnusable() {
        return false;
    }

    /**
     * A pass of the policy is over, in a run with accounts.
     *
     * @param gpus free GPUs that the mean job of the list cannot use where they are
     */
    default void unusable(long nowNanos, double gpus) {}

    /** The run is over. */
    default void over(long nowNanos) {}

    /** All of some watchers, in their order. */
    static JobWatcher of(JobWatcher... watchers) {
        return new ManyWatchers(List.of(watchers));
    }
}
