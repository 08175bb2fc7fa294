package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;

/**
 * A platform on which teams tune models and then have each result evaluated: every job of a generator is a tuning, and so many
 * evaluations wait for it.
 *
 * @param evaluations of each tuning, 1 or more
 * @param evaluationGpus of each evaluation, at least 1
 * @param evaluationSeconds law of its run time
 */
public record FineTuning(int evaluations, int evaluationGpus, Distribution evaluationSeconds) {

    public FineTuning {
        Objects.requireNonNull(evaluationSeconds, "evaluationSeconds");
        if (evaluations < 1 || evaluationGpus < 1) {
            throw new IllegalArgumentException(
                    "a tuning has evaluations on GPUs, got " + evaluations + " on " + evaluationGpus);
        }
    }

    /** The tunings of a generator with their evaluations, which are called {@code j0/eval0} and so on. */
    public List<ClusterJob> jobs(JobGenerator tunings, double seconds) {
        List<ClusterJob> jobs = new ArrayList<>();
        List<ClusterJob> drawn = tunings.jobs(seconds);
        for (int i = 0; i < drawn.size(); i++) {
            ClusterJob tuning = drawn.get(i);
            jobs.add(tuning);
            var sampler = evaluationSeconds.sampler(tunings.streams().stream("evaluation", i));
            for (int k = 0; k < evaluations; k++) {
                long run = SimTime.nanos(sampler.sample());
                JobTraits traits = tuning.traits().withSize(JobSize.RIGID).withAfter(List.of(tuning.id()));
                jobs.add(new ClusterJob(
                        tuning.id() + "/eval" + k,
                        tuning.team(),
                        tuning.submitNanos(),
                        evaluationGpus,
                        run,
                        Math.max(1, run),
                        traits));
            }
        }
        return jobs;
    }
}
