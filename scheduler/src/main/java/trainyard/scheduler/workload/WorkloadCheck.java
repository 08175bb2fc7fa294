package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;

/**
 * What is odd about a list of jobs on a cluster. Published traces ask for more than their cluster has, hold jobs that it could
 * never run, and leave fields out; a result is worth no more than they are.
 *
 * @param load GPU time of all of them over what the cluster has from the first submission to the last; infinite for a span of 0
 * @param findings what is odd, in a fixed order; empty for a list without reproach
 */
public record WorkloadCheck(double load, List<Finding> findings) {

    /** What can be odd. */
    public enum Kind {
        /** More GPU time is asked for than there is while jobs come. */
        OVERSUBSCRIBED,
        /** Wants more GPUs than any pool of its type has. */
        IMPOSSIBLE,
        /** Needs a type of GPU that there is not. */
        UNKNOWN_GPU_TYPE,
        /** Takes no time. */
        NO_RUN_TIME,
        /** Runs longer than its owner says. */
        RUNS_OVER_LIMIT,
        /** Two jobs have one id. */
        SAME_ID,
        /** No job names its team. */
        NO_TEAMS,
        /** Owners state exactly the true run time, which nobody knows: policies that use it see the future. */
        LIMITS_ARE_RUN_TIMES
    }

    /**
     * Something odd.
     *
     * @param kind what
     * @param sentence in words, with an example
     */
    public record Finding(Kind kind, String sentence) {}

    public WorkloadCheck {
        Objects.requireNonNull(findings, "findings");
        findings = List.copyOf(findings);
    }

    /** Looks over the jobs of a cluster. */
    public static WorkloadCheck of(List<ClusterJob> jobs, ClusterLayout cluster) {
        long first = jobs.stream().mapToLong(ClusterJob::submitNanos).min().orElse(0);
        long last = jobs.stream().mapToLong(ClusterJob::submitNanos).max().orElse(0);
        double span = SimTime.seconds(last - first);
        double demand = jobs.stream()
                .mapToDouble(job -> SimTime.seconds(job.runNanos()) * job.gpuAmount())
                .sum();
        double load = jobs.isEmpty() ? 0 : demand / (span * cluster.gpus());
        return new WorkloadCheck(load, findings(jobs, cluster, load));
    }

    private static List<Finding> findings(List<ClusterJob> jobs, ClusterLayout cluster, double load) {
        List<Finding> found = new ArrayList<>();
        if (load > 1 && Double.isFinite(load)) {
            found.add(new Finding(
                    Kind.OVERSUBSCRIBED,
                    String.format(
                            Locale.ROOT,
                            "jobs ask for %.0f %% of the GPU time that there is while they come",
                            100 * load)));
        }
        add(found, Kind.UNKNOWN_GPU_TYPE, jobs, job -> !hasType(job, cluster), "need a type of GPU that no pool has");
        add(
                found,
                Kind.IMPOSSIBLE,
                jobs,
                job -> hasType(job, cluster) && job.traits().size().least(job.gpus()) > most(job, cluster),
                "want more GPUs than any pool of their type has");
        add(found, Kind.NO_RUN_TIME, jobs, job -> job.runNanos() == 0, "take no time");
        add(
                found,
                Kind.RUNS_OVER_LIMIT,
                jobs,
                job -> job.runNanos() > job.limitNanos(),
                "run longer than their owners say");
        Set<String> ids = new HashSet<>();
        add(found, Kind.SAME_ID, jobs, job -> !ids.add(job.id()), "have the id of another one");
        if (!jobs.isEmpty() && jobs.stream().allMatch(job -> job.team().isEmpty())) {
            found.add(new Finding(Kind.NO_TEAMS, "no job names its team"));
        }
        if (!jobs.isEmpty() && jobs.stream().allMatch(job -> job.limitNanos() == Math.max(1, job.runNanos()))) {
            found.add(
                    new Finding(
                            Kind.LIMITS_ARE_RUN_TIMES,
                            "every limit is the run time, as where none is stated: policies that go by stated times know the true ones"));
        }
        return found;
    }

    private static void add(
            List<Finding> found, Kind kind, List<ClusterJob> jobs, Predicate<ClusterJob> odd, String what) {
        List<ClusterJob> those = jobs.stream().filter(odd).toList();
        if (!those.isEmpty()) {
            String sentence = those.size() + " of " + jobs.size() + " jobs " + what + ", such as "
                    + those.get(0).id();
            found.add(new Finding(kind, sentence));
        }
    }

    private static boolean fits(ClusterJob job, NodePool pool) {
        return job.traits().takesGpuType(pool.gpuType());
    }

    private static boolean hasType(ClusterJob job, ClusterLayout cluster) {
        return cluster.pools().stream().anyMatch(pool -> fits(job, pool));
    }

    private static long most(ClusterJob job, ClusterLayout cluster) {
        return cluster.pools().stream()
                .filter(pool -> fits(job, pool))
                .mapToLong(pool -> (long) pool.nodes() * pool.gpusPerNode())
                .max()
                .orElse(0);
    }
}
