package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/**
 * Jobs of one kind that come at a rate of their own, whatever others come.
 *
 * @param name of the kind; its jobs are called {@code name/0} and so on
 * @param rate when they come
 * @param milliGpus how many GPUs one wants, in thousandths: whole ones, or a part of one
 * @param runSeconds law of the run time
 * @param limitFactor run time that owners state over the true one, above 0
 * @param teams whose they are
 * @param traits what else is said of each job
 * @param followUp jobs that wait for each one
 */
public record ArrivalClass(
        String name,
        ArrivalRate rate,
        Weighted<Integer> milliGpus,
        Distribution runSeconds,
        double limitFactor,
        Weighted<String> teams,
        JobTraits traits,
        Optional<FollowUp> followUp)
        implements JobLaw {

    public ArrivalClass {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(milliGpus, "milliGpus");
        Objects.requireNonNull(runSeconds, "runSeconds");
        Objects.requireNonNull(teams, "teams");
        Objects.requireNonNull(traits, "traits");
        Objects.requireNonNull(followUp, "followUp");
        if (!(limitFactor > 0)) {
            throw new IllegalArgumentException("limitFactor must be above 0, got " + limitFactor);
        }
    }

    /**
     * Its jobs of a replication with those that follow them, from streams that belong to its name.
     *
     * @param seconds jobs come before this
     */
    public List<ClusterJob> jobs(double seconds, RandomStreams streams) {
        RandomStreams own = new RandomStreams(streams.stream("class/" + name).nextLong(), streams.replication());
        List<ClusterJob> drawn = new JobGenerator(rate, this, own).jobs(seconds);
        if (followUp.isEmpty()) {
            return drawn;
        }
        List<ClusterJob> all = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            all.add(drawn.get(i));
            all.addAll(followUp.get().after(drawn.get(i), own.stream("follow-up", i)));
        }
        return all;
    }

    @Override
    public ClusterJob draw(String id, long submitNanos, UniformRandomProvider random) {
        double seconds = runSeconds.sampler(random).sample();
        String team = teams.draw(random);
        int milli = milliGpus.draw(random);
        return new ClusterJob(
                name + "/" + id.substring(1),
                team,
                submitNanos,
                Math.max(1, milli / JobTraits.WHOLE_GPU),
                SimTime.nanos(seconds),
                Math.max(1, SimTime.nanos(seconds * limitFactor)),
                milli < JobTraits.WHOLE_GPU ? traits.withGpuMilli(milli) : traits);
    }
}
