package trainyard.scenario.workload.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.QueueWatch;
import trainyard.scheduler.scale.ScalingTally;
import trainyard.sim.engine.SimTime;

/** What the metrics of a cluster come to in a run, in base units; {@link ClusterMetrics} says what each one is. */
final class ClusterNumbers {

    private ClusterNumbers() {}

    /** The numbers of the groups and of the cluster, but those of {@link GroupWatch} and of {@link ClusterCosts}. */
    static Map<Metric, Double> of(List<GroupMetrics> groups, ClusterOutcome outcome, QueueWatch queue) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        List<JobOutcome> jobs =
                outcome.jobs().stream().filter(job -> !job.isCancelled()).toList();
        Results results = new Results(jobs);
        groups.forEach(group -> group.put(jobs, results, numbers));
        long done = jobs.stream().filter(JobOutcome::isDone).count();
        long unfinished = jobs.size() - done;
        if (unfinished == 0) {
            numbers.put(ClusterMetrics.MAKESPAN, SimTime.seconds(outcome.makespanNanos()));
            numbers.put(ClusterMetrics.FAIRNESS, Fairness.of(jobs));
            double wait =
                    jobs.stream().mapToDouble(JobMeasure.WAIT::of).average().orElse(0);
            numbers.put(ClusterMetrics.QUEUE_BY_LITTLE, done / SimTime.seconds(outcome.endNanos()) * wait);
        }
        numbers.put(ClusterMetrics.QUEUE, queue.meanWaiting());
        numbers.put(ClusterMetrics.LONGEST_QUEUE, (double) queue.mostWaiting());
        numbers.put(ClusterMetrics.RUNNING, queue.meanRunning());
        numbers.put(ClusterMetrics.FRAGMENTATION, outcome.unusableGpus());
        numbers.put(ClusterMetrics.PREEMPTIONS, (double) outcome.preemptions());
        numbers.put(ClusterMetrics.MOVES, (double) outcome.moves());
        putScaling(outcome.scaling(), numbers);
        numbers.put(ClusterMetrics.DONE, (double) done);
        numbers.put(ClusterMetrics.UNFINISHED, (double) unfinished);
        numbers.put(ClusterMetrics.CANCELLED, (double) (outcome.jobs().size() - jobs.size()));
        numbers.put(ClusterMetrics.DEADLOCKED, 0.0);
        numbers.put(ClusterMetrics.DEADLOCKED_GPUS, 0.0);
        outcome.ledger().ifPresent(ledger -> putUses(ledger, outcome, numbers));
        putParts(outcome, numbers);
        numbers.put(ClusterMetrics.EVENTS, (double) outcome.events());
        return numbers;
    }

    private static void putScaling(ScalingTally scaling, Map<Metric, Double> numbers) {
        numbers.put(ClusterMetrics.ORDERS, (double) scaling.orders());
        numbers.put(ClusterMetrics.RETURNS, (double) scaling.returns());
        numbers.put(ClusterMetrics.THRASHES, (double) scaling.thrashes());
    }

    private static void putUses(ClusterLedger ledger, ClusterOutcome outcome, Map<Metric, Double> numbers) {
        double all = SimTime.seconds(outcome.endNanos()) * outcome.gpus();
        double held = 0;
        for (GpuUse use : GpuUse.values()) {
            double seconds = ledger.gpuSeconds(use);
            numbers.put(ClusterMetrics.SHARES.get(use), seconds / all);
            if (use.isOfJob()) {
                held += seconds;
                numbers.put(ClusterMetrics.HOURS.get(use), seconds);
            }
        }
        numbers.put(ClusterMetrics.UTILIZATION, held / all);
        numbers.put(ClusterMetrics.PROVISIONED, all - ledger.gpuSeconds(GpuUse.OFF));
        numbers.put(ClusterMetrics.LOST, held - ledger.gpuSeconds(GpuUse.USEFUL));
        numbers.put(ClusterMetrics.FAILURES, (double) outcome.jobs().stream()
                .mapToLong(job -> job.losses().failures())
                .sum());
        numbers.put(ClusterMetrics.GIVEN_UP, (double) outcome.jobs().stream()
                .filter(job -> job.losses().gaveUp() && !job.isCancelled())
                .count());
    }

    /** The mean over the jobs that are done of each part of the completion time. */
    private static void putParts(ClusterOutcome outcome, Map<Metric, Double> numbers) {
        List<JobOutcome> done =
                outcome.jobs().stream().filter(JobOutcome::isDone).toList();
        if (!done.isEmpty()) {
            ClusterMetrics.PARTS.forEach((part, metric) -> numbers.put(
                    metric, done.stream().mapToDouble(part::of).average().orElseThrow()));
        }
    }
}
