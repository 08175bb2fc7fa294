package trainyard.scheduler.overhead;

import trainyard.scheduler.job.ClusterJob;

/** When the programs of jobs fail by themselves. The same question always has the same answer. */
@FunctionalInterface
public interface JobCrashes {

    /** Never. */
    JobCrashes NONE = (job, start) -> Long.MAX_VALUE;

    /**
     * Time from a start until the job fails; {@link Long#MAX_VALUE} if it does not.
     *
     * @param start how often it was started before
     */
    long afterNanos(ClusterJob job, int start);
}
