package trainyard.scheduler.workload;

import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;

/**
 * Jobs of one kind.
 *
 * @param team whose they are; empty for nobody's
 * @param weight how often it is drawn beside other kinds, above 0
 * @param gpus numbers of GPUs, one of which each job wants with equal probability; a number may be there twice
 * @param runSeconds law of the run time
 * @param limitFactor run time that owners state over the true one, at least 1
 * @param traits what else is said of each job
 */
public record JobClass(
        String team, double weight, List<Integer> gpus, Distribution runSeconds, double limitFactor, JobTraits traits)
        implements JobLaw {

    public JobClass {
        Objects.requireNonNull(team, "team");
        gpus = List.copyOf(gpus);
        Objects.requireNonNull(runSeconds, "runSeconds");
        Objects.requireNonNull(traits, "traits");
        if (!(weight > 0) || gpus.isEmpty() || !(limitFactor >= 1)) {
            throw new IllegalArgumentException(
                    "jobs need a weight above 0, GPUs, and a limit of at least their run time, got " + weight + ", "
                            + gpus + " and a factor of " + limitFactor);
        }
    }

    @Override
    public ClusterJob draw(String id, long submitNanos, UniformRandomProvider random) {
        int wanted = gpus.get(random.nextInt(gpus.size()));
        double seconds = runSeconds.sampler(random).sample();
        long run = SimTime.nanos(seconds);
        long limit = Math.max(1, SimTime.nanos(seconds * limitFactor));
        return new ClusterJob(id, team, submitNanos, wanted, run, limit, traits);
    }
}
