package trainyard.scheduler.interleave;

import java.util.List;
import trainyard.scheduler.job.JobStages;
import trainyard.sim.engine.SimTime;

/**
 * How jobs are grouped and what that costs them.
 *
 * @param roundNanos least time from one grouping to the next, at least 1
 * @param slowdown factor by which an iteration of a group of two, three and four jobs takes longer than its stages say, each at least 1
 */
public record GroupRules(long roundNanos, List<Double> slowdown) {

    /** Groups anew every six minutes at most, as Muri's scheduler does; stages take what is stated. */
    public static final GroupRules EXACT = new GroupRules(360 * SimTime.NANOS_PER_SECOND, List.of(1.0, 1.0, 1.0));

    public GroupRules {
        slowdown = List.copyOf(slowdown);
        if (roundNanos < 1
                || slowdown.size() != Interleaving.MOST_JOBS - 1
                || slowdown.stream().anyMatch(factor -> !(factor >= 1) || !Double.isFinite(factor))) {
            throw new IllegalArgumentException(
                    "rounds take time and groups of 2, 3 and 4 jobs have a factor of at least 1 each, got " + roundNanos
                            + " ns and " + slowdown);
        }
    }

    /** Time of an iteration of a group, in seconds. */
    public double iterationSeconds(List<JobStages> jobs) {
        double seconds = Interleaving.iterationSeconds(jobs);
        return jobs.size() == 1 ? seconds : seconds * slowdown.get(jobs.size() - 2);
    }

    /** Whether the jobs of a group do more than one after the other: their speeds add up to more than 1. */
    public boolean isWorthwhile(List<JobStages> jobs) {
        return iterationSeconds(jobs)
                < jobs.stream().mapToDouble(JobStages::iterationSeconds).sum();
    }
}
