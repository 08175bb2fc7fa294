package trainyard.scheduler.hetero;

/** Decides which share of the time each job gets on each type of GPU. One object serves one run. */
public interface SharePolicy {

    /**
     * Shares from 0 to 1 of each job (row) on each type (column), and behind the jobs of each pair. The shares of a job, with those of its pairs, sum
     * up to at most 1; on each type the shares times GPUs sum up to at most the GPUs that there are.
     *
     * @param demand at least one job
     */
    double[][] shares(ShareDemand demand);
}
