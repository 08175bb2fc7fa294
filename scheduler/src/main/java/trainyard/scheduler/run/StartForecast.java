package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;

/**
 * When would this job start if it were submitted now? A dry run with what is known now: jobs that have ended have run as long as they did,
 * all others run as long as their owners state, or, where they have already run for longer, are about to end; nobody else comes. Costs,
 * speeds and all that had happened to nodes are those of the run in question.
 *
 * <p>Policies that know true run times see the stated ones from the beginning, so that their past may differ from what it was.
 *
 * @param cluster makes the empty cluster
 * @param placement makes the placement
 * @param policy makes the policy
 * @param options makes what the run takes into account, of which nothing happens after a moment, ns, that nobody could know then
 */
public record StartForecast(
        Supplier<FreeGpus> cluster,
        Supplier<Placement> placement,
        Supplier<SchedulingPolicy> policy,
        LongFunction<RunOptions> options) {

    private static final long NEVER = -1;

    /**
     * @param list jobs of the cluster; those submitted after the job in question are not known
     * @param asked the job in question; it is submitted when the question is asked
     * @return when it starts first, ns; empty if it never does
     */
    public Optional<Long> startNanos(List<ClusterJob> list, ClusterJob asked) {
        List<ClusterJob> known = known(list, asked.submitNanos());
        known.add(running(asked, asked.limitNanos()));
        long start = firstStarts(known, asked.submitNanos())[known.size() - 1];
        return start == NEVER ? Optional.empty() : Optional.of(start);
    }

    /**
     * When jobs that wait at a moment would start.
     *
     * @param list jobs of the cluster; those submitted later are not known
     * @param nowNanos the moment
     * @return the first start after it, or start again, of each job that has one, ns, by id
     */
    public Map<String, Long> waitingNanos(List<ClusterJob> list, long nowNanos) {
        List<ClusterJob> known = known(list, nowNanos);
        long[] starts = firstStarts(known, nowNanos);
        Map<String, Long> byId = new LinkedHashMap<>();
        for (int job = 0; job < starts.length; job++) {
            if (starts[job] != NEVER) {
                byId.put(known.get(job).id(), starts[job]);
            }
        }
        return byId;
    }

    private long[] firstStarts(List<ClusterJob> known, long nowNanos) {
        Starts starts = new Starts(known.size(), nowNanos);
        play(known, options.apply(nowNanos).withWatcher(starts));
        return starts.nanos;
    }

    private ClusterOutcome play(List<ClusterJob> jobs, RunOptions with) {
        return ClusterSimulation.run(jobs, cluster.get(), placement.get(), policy.get(), with);
    }

    /** What is known at a moment of the jobs submitted until then. */
    private List<ClusterJob> known(List<ClusterJob> list, long nowNanos) {
        List<ClusterJob> known = new ArrayList<>();
        for (JobOutcome past :
                play(list, options.apply(nowNanos).withHorizonNanos(nowNanos)).jobs()) {
            ClusterJob submitted = past.job();
            if (submitted.submitNanos() <= nowNanos) {
                long worked = submitted.runNanos() - past.workLeftNanos();
                known.add(past.isDone() ? submitted : running(submitted, Math.max(submitted.limitNanos(), worked + 1)));
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

    /** When each job starts first from a moment on. */
    private static final class Starts implements JobWatcher {

        private final long nowNanos;
        private final long[] nanos;

        Starts(int jobs, long nowNanos) {
            this.nowNanos = nowNanos;
            nanos = new long[jobs];
            Arrays.fill(nanos, NEVER);
        }

        @Override
        public void started(long atNanos, int job, NodeShares shares) {
            if (atNanos >= nowNanos && nanos[job] == NEVER) {
                nanos[job] = atNanos;
            }
        }

        @Override
        public void joined(long atNanos, int job) {
            started(atNanos, job, null);
        }
    }
}
