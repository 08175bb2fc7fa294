package trainyard.scheduler.forecast;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.workload.JobLaw;

/**
 * Jobs of the past, drawn with replacement; one of the class {@code work}, such as {@code work/17}, stays in it.
 *
 * @param past at least one job
 */
record JobsLikeBefore(List<ClusterJob> past) implements JobLaw {

    JobsLikeBefore {
        past = List.copyOf(past);
    }

    @Override
    public ClusterJob draw(String id, long submitNanos, UniformRandomProvider random) {
        ClusterJob drawn = past.get(random.nextInt(past.size()));
        String ofClass = drawn.id().substring(0, drawn.id().indexOf('/') + 1);
        return drawn.again(ofClass + id, submitNanos);
    }
}
