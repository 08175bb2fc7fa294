package trainyard.scheduler.policy;

/** What a policy may know and do at one moment. Jobs are named by their number in the order of arrival. */
public interface Desk {

    /** The present time. */
    long nowNanos();

    /** GPUs of the cluster. */
    int totalGpus();

    /** GPUs that nobody has. */
    int freeGpus();

    /** GPUs that a job wants. */
    int gpus(int job);

    /** When it was submitted. */
    long submitNanos(int job);

    /** Work that it has left, as time on its GPUs. */
    long remainingNanos(int job);

    /** Time for which it has run. */
    long attainedNanos(int job);

    /** Work that its owner says is left; at least 1, since a job that runs has some. */
    long statedRemainingNanos(int job);

    /** Whether it runs. */
    boolean isRunning(int job);

    /**
     * Starts a job if the placement finds GPUs for it.
     *
     * @return whether it runs now
     */
    boolean start(int job);

    /** Makes the work that a running job has left longer, as if it had done nothing for some time. */
    void setBack(int job, long nanos);

    /**
     * Stops a job that runs; it keeps what it has done. One that is started again at the same moment has moved and does not
     * count as preempted.
     */
    void preempt(int job);
}
