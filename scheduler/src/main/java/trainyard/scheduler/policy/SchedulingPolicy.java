package trainyard.scheduler.policy;

/**
 * Decides which jobs run. At one moment it is told first of the jobs that ended, then of those that arrived, and then asked
 * once to schedule. One object serves one run.
 */
public interface SchedulingPolicy {

    /** The name in scenarios and reports, such as {@code fifo}. */
    String name();

    /** A job has been submitted and waits. */
    void arrived(SchedulingContext context, int job);

    /** A job that ran has ended; its GPUs are free. */
    void ended(SchedulingContext context, int job);

    /** A job that ran has lost its GPUs through no decision of the policy; {@link #requeued} follows unless it is given up. */
    default void interrupted(SchedulingContext context, int job) {
        ended(context, job);
    }

    /** A job that was interrupted waits again. */
    default void requeued(SchedulingContext context, int job) {
        arrived(context, job);
    }

    /** GPUs that are free and that it keeps for a job which waits for more; for accounts only. */
    default int reservedGpus() {
        return 0;
    }

    /**
     * GPUs that jobs in the queue may have at most by rules that no node changes, such as quotas; an autoscaler orders nodes for no
     * more.
     */
    default int admissibleGpus(SchedulingContext context) {
        return Integer.MAX_VALUE;
    }

    /** Whether jobs may have the same whole GPUs under it, see {@link SchedulingContext#startBeside}. */
    default boolean sharesInTurns() {
        return false;
    }

    /** Starts and preempts jobs. */
    void schedule(SchedulingContext context);

    /** When it wants to be asked again although nothing arrives or ends; {@link Long#MAX_VALUE} if never. */
    default long wakeUpNanos() {
        return Long.MAX_VALUE;
    }

    /** Why a job that waits does not run; to be asked right after {@link #schedule}. */
    default WaitReason whyWaits(SchedulingContext context, int job) {
        return WaitReason.ofCluster(context, job);
    }
}
