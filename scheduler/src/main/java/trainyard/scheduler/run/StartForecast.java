package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
     * @param policy makes the policy
     * @return when it starts first; empty if it never does
     */
    public static Optional<Long> startNanos(
            List<ClusterJob> list,
            ClusterJob asked,
            Supplier<FreeGpus> cluster,
            Placement placement,
            Supplier<SchedulingPolicy> policy) {
        long now = asked.submitNanos();
        List<ClusterJob> known = new ArrayList<>();
        for (JobOutcome past : ClusterSimulation.run(list, cluster.get(), placement, policy.get())
                .jobs()) {
            boolean over = past.isDone() && past.endNanos() <= now;
            if (past.job().submitNanos() <= now) {
                known.add(over ? past.job() : asStated(past.job()));
            }
        }
        known.add(asStated(asked));
        List<JobOutcome> foreseen = ClusterSimulation.run(known, cluster.get(), placement, policy.get())
                .jobs();
        JobOutcome answer = foreseen.get(foreseen.size() - 1);
        return answer.startNanos() < 0 ? Optional.empty() : Optional.of(answer.startNanos());
    }

    private static ClusterJob asStated(ClusterJob job) {
        return new ClusterJob(
                job.id(), job.team(), job.submitNanos(), job.gpus(), job.limitNanos(), job.limitNanos(), job.traits());
    }
}
