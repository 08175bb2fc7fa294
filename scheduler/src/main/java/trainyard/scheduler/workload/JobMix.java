package trainyard.scheduler.workload;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs of several kinds, each as often as its weight says.
 *
 * @param classes at least one
 */
public record JobMix(List<JobClass> classes) implements JobLaw {

    public JobMix {
        classes = List.copyOf(classes);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("a mix needs a kind of job");
        }
    }

    @Override
    public ClusterJob draw(String id, long submitNanos, UniformRandomProvider random) {
        double left = random.nextDouble()
                * classes.stream().mapToDouble(JobClass::weight).sum();
        int at = 0;
        while (at < classes.size() - 1 && left >= classes.get(at).weight()) {
            left -= classes.get(at).weight();
            at++;
        }
        return classes.get(at).draw(id, submitNanos, random);
    }
}
