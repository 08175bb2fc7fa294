package trainyard.scenario.workload.cluster;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.jobs.JobCheckpointSection;
import trainyard.scenario.section.jobs.JobLocalitySection;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PlacementKind;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.sharing.GpuNode;

/** Whether the GPUs of a cluster are told apart and counted in thousandths, and what cannot be asked for then. */
final class GpuSharing {

    private static final int MOST_GPUS = 2_000_000;

    private GpuSharing() {}

    /**
     * The layout by which GPUs are counted.
     *
     * @throws ScenarioException if something is asked for that only whole GPUs have
     */
    static ClusterLayout layout(ClusterLayout whole, Values jobs, Values cluster, Values scheduler) {
        PlacementKind placement = scheduler.get(SchedulerSection.PLACEMENT);
        boolean share = JobsSection.sharesGpus(jobs);
        if (!share && scheduler.get(SchedulerSection.POLICY) != PolicyKind.SHARES) {
            refuse(
                    jobs,
                    JobsSection.SHARING_SLOWDOWN,
                    "no job takes a part of a GPU, so sharing-slowdown has no effect");
        }
        if (!share && !placement.alwaysTellsApart()) {
            return whole;
        }
        String who = share ? "jobs take parts of GPUs" : "placement " + placement.word() + " tells GPUs apart";
        if (!placement.canShare()) {
            throw problem(
                    scheduler,
                    SchedulerSection.PLACEMENT,
                    who + ", and placement " + placement.word() + " knows whole ones only",
                    "choose one of: " + PlacementKind.sharing());
        }
        PolicyKind policy = scheduler.get(SchedulerSection.POLICY);
        if (policy.countsWholeGpus()) {
            throw problem(
                    scheduler,
                    SchedulerSection.POLICY,
                    who + ", and policy " + policy.word() + " hands out whole ones only",
                    share ? "choose another scheduler.policy, or let jobs want whole GPUs" : "choose another one");
        }
        refuseWhatNeedsWholeGpus(jobs, scheduler, who);
        if (jobs.isWritten(JobsSection.SHARING_SLOWDOWN)) {
            refuseWhatSlowdownLacks(jobs);
        }
        requireFew(whole, cluster, who);
        return whole.shared();
    }

    private static void refuseWhatNeedsWholeGpus(Values jobs, Values scheduler, String who) {
        refuse(scheduler, SchedulerSection.DEFRAGMENTATION, who + ", and jobs are moved on whole ones only");
        refuse(jobs, JobsSection.AUTOSCALER, who + ", and nodes are ordered for whole ones only");
        refuse(jobs, JobsSection.TRAINING, who + ", and how jobs train is known on whole ones only");
        jobs.find(JobsSection.LOCALITY)
                .ifPresent(locality ->
                        refuse(locality, JobLocalitySection.MODEL, who + ", and a step is priced on whole ones only"));
    }

    private static void requireFew(ClusterLayout whole, Values cluster, String who) {
        int largest = whole.pools().stream()
                .mapToInt(pool -> pool.gpusPerNode())
                .max()
                .orElseThrow();
        if (largest > GpuNode.MOST_GPUS || whole.gpus() > MOST_GPUS) {
            throw problem(
                    cluster,
                    ClusterSection.NODE,
                    who + ", up to " + GpuNode.MOST_GPUS + " on a node and " + MOST_GPUS + " in all; got " + largest
                            + " and " + whole.gpus(),
                    "write fewer GPUs");
        }
    }

    /** A job's work is booked whenever another one comes to its GPU or leaves it, so none of it may be lost later. */
    private static void refuseWhatSlowdownLacks(Values jobs) {
        for (Field<Values> section : List.of(JobsSection.FAILURES, JobsSection.SPOT, JobsSection.MAINTENANCE)) {
            refuse(jobs, section, "nodes stay under jobs that slow each other down, which sharing-slowdown says");
        }
        jobs.find(JobsSection.CHECKPOINT)
                .filter(section -> section.get(JobCheckpointSection.ON_STOP) != JobCosts.OnStop.SAVES)
                .ifPresent(section -> {
                    throw problem(
                            section,
                            JobCheckpointSection.ON_STOP,
                            "jobs that slow each other down save when they are stopped, and sharing-slowdown says that they do",
                            "write on-stop: saves");
                });
    }

    private static void refuse(Values values, Field<?> field, String what) {
        if (values.isWritten(field)) {
            throw problem(values, field, what, "drop it");
        }
    }

    private static ScenarioException problem(Values values, Field<?> field, String what, String fix) {
        return new ScenarioException(Problem.at(values.position(field), Problem.Kind.PLAN, what, fix));
    }
}
