package trainyard.scheduler.policy;

import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * What a policy may know and do at one moment. Jobs are named by their number in the order of arrival. GPUs are counted in parts: whole ones
 * where jobs hold whole GPUs, thousandths where some share one.
 */
public interface SchedulingContext {

    /** The present time. */
    long nowNanos();

    /** GPUs of the cluster. */
    int totalGpus();

    /** In how many parts each GPU is counted, by all that is said here of GPUs: 1 where jobs hold whole ones. */
    default int partsPerGpu() {
        return 1;
    }

    /** GPUs of which a job has a part or the whole. */
    default int touchedGpus(int job) {
        return (gpus(job) + partsPerGpu() - 1) / partsPerGpu();
    }

    /** GPUs that nobody has. */
    int freeGpus();

    /** Nodes of the cluster, whether they can be given to jobs or not. */
    default int nodes() {
        throw new UnsupportedOperationException("nodes are not known here");
    }

    /** GPUs of the largest node. */
    default int largestNode() {
        throw new UnsupportedOperationException("nodes are not known here");
    }

    /** GPUs of a node that nobody has; 0 where it cannot be given to jobs. */
    default int freeGpus(int node) {
        throw new UnsupportedOperationException("nodes are not known here");
    }

    /** Whether a node can be given to jobs. */
    default boolean isUp(int node) {
        throw new UnsupportedOperationException("nodes are not known here");
    }

    /** A job as it was submitted. Its true run time is not for policies. */
    ClusterJob job(int job);

    /** GPUs that a job has, or else wants: those of the job as it was submitted unless a policy chose others. */
    int gpus(int job);

    /** What it needs beside a number of GPUs, such as a type of GPU: jobs of equal numbers fit alike. */
    int kind(int job);

    /** When it was submitted. */
    long submitNanos(int job);

    /**
     * Time until it is done if nothing stops it: of a job that runs, from now on; of one that waits, from the moment at which it gets its
     * GPUs, with its start, the load of its checkpoint and those that it writes, at the speed at which its run time holds.
     */
    long remainingNanos(int job);

    /**
     * Time that is lost if a job that runs is stopped to make place: it saves, whoever is next waits for that, and it starts and loads
     * again. What it loses that does not save is not counted.
     */
    long stopNanos(int job);

    /**
     * Time for which it has worked, at the speed at which its run time holds; what it lost counts too. So who falls back when it is stopped
     * gets no turn before its time, and those who take turns get on.
     */
    long attainedNanos(int job);

    /**
     * Time until a job that runs has run for so much longer, as {@link #attainedNanos} counts it: starts, checkpoints and a speed other
     * than 1 make it another time than that. {@link Long#MAX_VALUE} if it ends before, or does not get there.
     *
     * @param moreNanos above 0
     */
    long untilAttainedNanos(int job, long moreNanos);

    /** Work that its owner says is left; at least 1, since a job that runs has some. */
    long statedRemainingNanos(int job);

    /** Work that it has left, as time on GPUs that it has for itself, at the speed at which its run time holds. */
    long workLeftNanos(int job);

    /** Whether it runs. */
    boolean isRunning(int job);

    /** Of jobs that share GPUs in turns, the one that holds them; of one that shares with nobody, itself. */
    int host(int job);

    /**
     * Starts a job if the placement finds GPUs for it.
     *
     * @return whether it runs now
     */
    boolean start(int job);

    /**
     * Starts a job if the placement finds GPUs of one type for it.
     *
     * @param gpuType as the pools of the cluster call it; empty for any
     * @return whether it runs now
     */
    boolean startOn(int job, String gpuType);

    /**
     * Starts a job that can use different numbers of GPUs on so many of them, which it then has until it is resized or started
     * anew.
     *
     * @param gpus as many as its size allows
     * @return whether it runs now
     */
    default boolean start(int job, int gpus) {
        if (gpus != gpus(job)) {
            throw new UnsupportedOperationException("jobs keep their size here");
        }
        return start(job);
    }

    /**
     * Starts a job on GPUs that the policy chose itself, whatever the placement would choose.
     *
     * @param shares free GPUs of nodes that are up, as many as its size allows
     */
    default void startAt(int job, NodeShares shares) {
        throw new UnsupportedOperationException("nodes are not known here");
    }

    /**
     * Gives an elastic job that runs more or fewer GPUs: it is stopped and started at once, with all that this costs.
     *
     * @param gpus as many as its size allows
     * @return whether the placement found them; else it goes on as it was
     */
    default boolean resize(int job, int gpus) {
        throw new UnsupportedOperationException("jobs keep their size here");
    }

    /**
     * Starts a job on the GPUs of one that runs: from then on they take turns, as {@link trainyard.scheduler.interleave.Interleaving}
     * says, or, where the run knows {@link trainyard.scheduler.speed.PairSpeeds}, are both as fast as these say; nobody who runs there is stopped for that.
     *
     * @param job that waits and wants as many GPUs as the other has
     * @param other a job that runs: with turns one whose stages are stated, as those of the first, alone or in a group of up to three; with pairs
     *     one that runs alone where the two may be together
     */
    void startBeside(int job, int other);

    /** Whether enough free GPUs anywhere are enough for every job, so that to count them is to know who fits. */
    boolean anyGpusDo();

    /** Whether the placement finds GPUs for a job now. */
    boolean fits(int job);

    /**
     * Looks as if a job that runs had given its GPUs back: {@link #fits} and {@link #freeGpus} count them as free. Nothing changes, and
     * nothing may be started or stopped until {@link #takeBack}.
     */
    void lend(int job);

    /** Looks no more as if a job had given its GPUs back. */
    void takeBack(int job);

    /**
     * Gives some of its GPUs to a job that waits, if the placement finds them; they are idle until it has all and runs. Only
     * schedulers that place the parts of a job one by one do that.
     *
     * @param gpus at most as many as it still lacks
     * @return whether it got them
     */
    boolean hold(int job, int gpus);

    /** GPUs that a waiting job holds idle. */
    int heldGpus(int job);

    /** Takes back what a waiting job holds. */
    void release(int job);

    /** Makes the work that a running job has left longer, as if it had done nothing for some time. */
    void setBack(int job, long nanos);

    /**
     * Stops a job that runs; it keeps what it has done. One that is started again at the same moment has moved and does not
     * count as preempted.
     *
     * @throws IllegalStateException if it does not run or is not preemptible
     */
    void preempt(int job);

    /** The same so that another can start. */
    void preemptFor(int job, int beneficiary);
}
