package trainyard.scheduler.catalog;

import java.util.List;
import java.util.stream.Collectors;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.sim.engine.SimTime;

/** Ten jobs on eight GPUs whose schedules can be worked out by hand; times in minutes. */
final class TenJobs {

    private static final long MINUTE = 60 * SimTime.NANOS_PER_SECOND;

    static final List<ClusterJob> JOBS = List.of(
            job(1, 0, 4, 6, "a", 0),
            job(2, 0, 8, 4, "b", 0),
            job(3, 1, 2, 2, "a", 1),
            job(4, 2, 4, 10, "a", 0),
            job(5, 3, 2, 8, "b", 0),
            job(6, 5, 1, 1, "b", 1),
            job(7, 6, 8, 2, "a", 2),
            job(8, 7, 4, 3, "b", 0),
            job(9, 9, 2, 5, "a", 0),
            job(10, 12, 1, 2, "b", 0));

    private TenJobs() {}

    private static ClusterJob job(int id, int submit, int gpus, int run, String team, int priority) {
        return new ClusterJob(
                Integer.toString(id),
                team,
                submit * MINUTE,
                gpus,
                run * MINUTE,
                run * MINUTE,
                JobTraits.NONE.withPriority(priority));
    }

    static ClusterOutcome run(PolicyKind kind, PolicyOptions options) {
        return ClusterSimulation.run(JOBS, FreeGpus.equal(1, 8), new AnyGpus(), kind.make(options));
    }

    /** First start and end of each job, such as {@code 0-6 6-10}. */
    static String schedule(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                .map(job -> job.startNanos() / MINUTE + "-" + job.endNanos() / MINUTE)
                .collect(Collectors.joining(" "));
    }

    /** How often each job was preempted, one digit each. */
    static String preemptions(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                .map(job -> Integer.toString(job.preemptions()))
                .collect(Collectors.joining());
    }
}
