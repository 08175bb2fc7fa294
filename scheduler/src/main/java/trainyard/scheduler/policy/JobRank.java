package trainyard.scheduler.policy;

/** What {@link PreemptiveOrder} orders jobs by; the smallest first, of equal ones the first that came. */
public interface JobRank {

    /** No job. */
    int NONE = -1;

    /** The name of the policy in scenarios and reports. */
    String name();

    /** The rank of a job now. That of one that waits may change only by {@link #nextPromoted}. */
    long of(SchedulingContext context, int job);

    /**
     * What makes the rank of a job that runs a constant when it is added: ranks that all fall at the same pace keep their
     * order, and so need not be looked at again.
     */
    default long settledShift(SchedulingContext context) {
        return 0;
    }

    /** Whether the ranks of jobs that run change all the time and at different paces, so that they have to be sorted at each event. */
    default boolean changesSteadily() {
        return false;
    }

    /**
     * Run time that a job which runs has yet to attain until its rank changes at once, as {@link SchedulingContext#attainedNanos} counts it;
     * {@link Long#MAX_VALUE} if it never does.
     */
    default long attainedToGrowthNanos(SchedulingContext context, int job) {
        return Long.MAX_VALUE;
    }

    /** A job has started. */
    default void started(SchedulingContext context, int job) {}

    /** A job has been preempted. */
    default void stopped(SchedulingContext context, int job) {}

    /** A job has ended. */
    default void ended(SchedulingContext context, int job) {}

    /** A waiting job whose rank has changed since it stopped, each once; {@link #NONE} if there is no more. */
    default int nextPromoted(SchedulingContext context) {
        return NONE;
    }

    /** Whether the ranks of all waiting jobs may have changed since this was last asked. */
    default boolean allChanged() {
        return false;
    }

    /** When the rank of a waiting job changes next; {@link Long#MAX_VALUE} for never. */
    default long nextPromotionNanos(SchedulingContext context) {
        return Long.MAX_VALUE;
    }
}
