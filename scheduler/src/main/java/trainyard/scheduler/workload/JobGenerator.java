package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * Draws jobs: times by thinning a Poisson process of the highest rate (Lewis and Shedler, Naval Research Logistics 1979), each
 * job from a stream of its own.
 *
 * @param arrivals when jobs come
 * @param law what they are
 * @param streams the same streams, the same jobs
 */
public record JobGenerator(ArrivalRate arrivals, JobLaw law, RandomStreams streams) {

    public JobGenerator {
        Objects.requireNonNull(arrivals, "arrivals");
        Objects.requireNonNull(law, "law");
        Objects.requireNonNull(streams, "streams");
    }

    /**
     * All jobs from time 0 to a time, in order; they are called {@code j0}, {@code j1} and so on.
     *
     * @param seconds above 0
     */
    public List<ClusterJob> jobs(double seconds) {
        UniformRandomProvider gaps = streams.stream("job-arrival");
        double most = arrivals.most(seconds);
        List<ClusterJob> jobs = new ArrayList<>();
        double now = 0;
        while (true) {
            now -= Math.log(1 - gaps.nextDouble()) / most;
            if (now >= seconds) {
                return jobs;
            }
            if (gaps.nextDouble() * most < arrivals.perSecond(now)) {
                int number = jobs.size();
                jobs.add(law.draw("j" + number, SimTime.nanos(now), streams.stream("job", number)));
            }
        }
    }
}
