package trainyard.scheduler.workload;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;

/** What jobs are like. */
@FunctionalInterface
public interface JobLaw {

    /**
     * Draws a job.
     *
     * @param id of the job
     * @param submitNanos when it comes
     * @param random a stream of its own, so that a job is the same whatever others are drawn
     */
    ClusterJob draw(String id, long submitNanos, UniformRandomProvider random);
}
