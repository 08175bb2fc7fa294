package trainyard.scheduler.speed;

import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * How fast a job works on its GPUs: work of its list a second. 1 is the speed at which its run time holds. The same question
 * always has the same answer; a job that moves is asked for anew.
 */
@FunctionalInterface
public interface SpeedModel {

    /** Every job at the speed at which its run time holds, wherever it runs. */
    SpeedModel CONSTANT = (job, gpus, shares) -> 1;

    /**
     * Work a second, above 0.
     *
     * @param gpus all GPUs of the job
     * @param shares where they are
     */
    double rate(ClusterJob job, int gpus, NodeShares shares);

    /** The same where it changes as the work of the job gets on. */
    default WorkPace pace(ClusterJob job, int gpus, NodeShares shares) {
        return WorkPace.constant(rate(job, gpus, shares));
    }
}
