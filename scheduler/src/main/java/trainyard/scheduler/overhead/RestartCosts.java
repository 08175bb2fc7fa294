package trainyard.scheduler.overhead;

import trainyard.scheduler.job.ClusterJob;

/** What it costs to start, save and stop each job. The same question always has the same answer. */
@FunctionalInterface
public interface RestartCosts {

    /** Stopping and starting costs nothing. */
    RestartCosts NONE = (job, gpus) -> JobCosts.NONE;

    /**
     * @param gpus on which it is started
     */
    JobCosts of(ClusterJob job, int gpus);

    /** Share of the bandwidth of the store that a transfer of a job on so many GPUs takes; 0 where it is not known. */
    default double shareOfStore(int gpus) {
        return 0;
    }
}
