package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;

/**
 * Jobs that wait for each one of a kind, such as evaluations of what was tuned.
 *
 * @param name of their kind; those of {@code lora/17} are called {@code name/17/0} and so on
 * @param jobs how many follow each one, 1 or more
 * @param gpus of each, at least 1
 * @param runSeconds law of their run time, which their owners know
 * @param traits what else is said of them
 */
public record FollowUp(String name, int jobs, int gpus, Distribution runSeconds, JobTraits traits) {

    public FollowUp {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(runSeconds, "runSeconds");
        Objects.requireNonNull(traits, "traits");
        if (jobs < 1 || gpus < 1) {
            throw new IllegalArgumentException("jobs follow on GPUs, got " + jobs + " on " + gpus);
        }
    }

    /**
     * Those that follow a job; they are its team's and count as submitted when it was.
     *
     * @param random a stream of its own
     */
    List<ClusterJob> after(ClusterJob job, UniformRandomProvider random) {
        var sampler = runSeconds.sampler(random);
        String number = job.id().substring(job.id().indexOf('/') + 1);
        List<ClusterJob> followers = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            long run = SimTime.nanos(sampler.sample());
            followers.add(new ClusterJob(
                    name + "/" + number + "/" + i,
                    job.team(),
                    job.submitNanos(),
                    gpus,
                    run,
                    Math.max(1, run),
                    traits.withAfter(List.of(job.id()))));
        }
        return followers;
    }
}
