package trainyard.scheduler.workload;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs of a list, drawn with replacement: team, GPUs, run time and limit of each stay together.
 *
 * @param list at least one job
 */
public record DrawnFromTrace(List<ClusterJob> list) implements JobLaw {

    public DrawnFromTrace {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("there is no job to draw");
        }
    }

    @Override
    public ClusterJob draw(String id, long submitNanos, UniformRandomProvider random) {
        return list.get(random.nextInt(list.size())).again(id, submitNanos);
    }
}
