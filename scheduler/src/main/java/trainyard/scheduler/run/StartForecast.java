package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * When would this job start if it were submitted now? A dry run with what is known now: jobs that have ended have run as long as they did,
 * all others run as long as their owners state, and nobody else comes. Costs and failures are left out.
 *
 * <p>Policies that know true run times see the stated ones from the beginning, so that their past may differ from what it was.
 */
public final class StartForecast {

    private StartForecast() {}

    /**
     * @param list jobs of the cluster; those submitted after the job in question are not known
     * @param asked the job in question; it is submitted when the question is asked
     * @param cluster makes the empty cluster
     * @param placement makes the placement
     * @param policy makes the policy
     * @return when it starts first; empty if it never does
     */
    public static Optional<Long> startNanos(
            List<ClusterJob> list,
            ClusterJob asked,
            Supplier<FreeGpus> cluster,
            Supplier<Placement> placement,
            Supplier<SchedulingPolicy> policy) {
        List<ClusterJob> known = known(list, asked.submitNanos(), cluster, placement, policy);
        known.add(asStated(asked));
        List<JobOutcome> foreseen = ClusterSimulation.run(known, cluster.get(), placement.get(), policy.get())
                .jobs();
        JobOutcome answer = foreseen.get(foreseen.size() - 1);
        return answer.startNanos() < 0 ? Optional.empty() : Optional.of(answer.startNanos());
    }

    /**
     * When jobs that wait at a moment would start.
     *
     * @param list jobs of the cluster; those submitted later are not known
     * @param nowNanos the moment
     * @param cluster makes the empty cluster
     * @param placement makes the placement
     * @param policy makes the policy
     * @return the first start of each job that starts after it, by id
     */
    public static Map<String, Long> waitingNanos(
            List<ClusterJob> list,
            long nowNanos,
            Supplier<FreeGpus> cluster,
            Supplier<Placement> placement,
            Supplier<SchedulingPolicy> policy) {
        List<ClusterJob> known = known(list, nowNanos, cluster, placement, policy);
        Map<String, Long> starts = new LinkedHashMap<>();
        for (JobOutcome foreseen : ClusterSimulation.run(known, cluster.get(), placement.get(), policy.get())
                .jobs()) {
            if (foreseen.startNanos() > nowNanos) {
                starts.put(foreseen.job().id(), foreseen.startNanos());
            }
        }
        return starts;
    }

    /** What is known at a moment of the jobs submitted until then. */
    private static List<ClusterJob> known(
            List<ClusterJob> list,
            long nowNanos,
            Supplier<FreeGpus> cluster,
            Supplier<Placement> placement,
            Supplier<SchedulingPolicy> policy) {
        List<ClusterJob> known = new ArrayList<>();
        for (JobOutcome past : ClusterSimulation.run(list, cluster.get(), placement.get(), policy.get())
                .jobs()) {
            boolean over = past.isDone() && past.endNanos() <= nowNanos;
            if (past.job().submitNanos() <= nowNanos) {
                known.add(over ? past.job() : asStated(past.job()));
            }
        }
        while (dropsWaiting(known)) {
            // Whoever waits for one that is dropped is dropped next.
        }
        return known;
    }

    /** Nobody can say when a job starts that waits for one which nobody knows yet. */
    private static boolean dropsWaiting(List<ClusterJob> known) {
        Set<String> there = known.stream().map(ClusterJob::id).collect(Collectors.toSet());
        return known.removeIf(job -> !there.containsAll(job.traits().after()));
    }

    private static ClusterJob asStated(ClusterJob job) {
        return new ClusterJob(
                job.id(), job.team(), job.submitNanos(), job.gpus(), job.limitNanos(), job.limitNanos(), job.traits());
    }
}
