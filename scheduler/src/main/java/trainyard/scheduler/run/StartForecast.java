package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * When would this job start if it were submitted now? A dry run with what is known now: jobs that have ended have run as long as they did,
 * all others run as long as their owners state, or, where they have already run for longer, are about to end; nobody else comes.
 * Costs and failures are left out.
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
        known.add(running(asked, asked.limitNanos()));
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
        RunTimes ran = new RunTimes(list.size());
        RunOptions until = RunOptions.plain().withWatcher(ran).withHorizonNanos(nowNanos);
        List<JobOutcome> past = ClusterSimulation.run(list, cluster.get(), placement.get(), policy.get(), until)
                .jobs();
        List<ClusterJob> known = new ArrayList<>();
        for (int job = 0; job < past.size(); job++) {
            ClusterJob submitted = past.get(job).job();
            if (submitted.submitNanos() <= nowNanos) {
                boolean over = past.get(job).isDone();
                long atLeast = ran.nanos(job, nowNanos) + 1;
                known.add(over ? submitted : running(submitted, Math.max(submitted.limitNanos(), atLeast)));
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

    private static ClusterJob running(ClusterJob job, long nanos) {
        return new ClusterJob(
                job.id(), job.team(), job.submitNanos(), job.gpus(), nanos, job.limitNanos(), job.traits());
    }

    /** For how long each job has run. */
    private static final class RunTimes implements JobWatcher {

        private static final long STOPPED = -1;

        private final long[] since;
        private final long[] before;

        RunTimes(int jobs) {
            since = new long[jobs];
            before = new long[jobs];
            Arrays.fill(since, STOPPED);
        }

        @Override
        public void started(long nowNanos, int job, NodeShares shares) {
            since[job] = nowNanos;
        }

        @Override
        public void joined(long nowNanos, int job) {
            since[job] = nowNanos;
        }

        @Override
        public void stopped(long nowNanos, int job) {
            before[job] += nowNanos - since[job];
            since[job] = STOPPED;
        }

        long nanos(int job, long nowNanos) {
            return before[job] + (since[job] == STOPPED ? 0 : nowNanos - since[job]);
        }
    }
}
