package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ClusterSection;
import trainyard.scenario.section.JobsSection;
import trainyard.scenario.section.JobsSection.TooLarge;
import trainyard.scenario.section.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Simulators;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.JobWatcher;
import trainyard.scheduler.trace.JobList;

/**
 * A cluster with its jobs and its scheduler.
 *
 * @param jobs what it is asked to run
 * @param dropped how many jobs were left out because it can never hold them
 * @param skipped what was wrong with each row of the list that was left out
 * @param layout its nodes
 * @param policy who runs when; a new one for each run
 * @param placement who runs where
 */
record ClusterDesign(
        List<ClusterJob> jobs,
        int dropped,
        List<String> skipped,
        ClusterLayout layout,
        Supplier<SchedulingPolicy> policy,
        Placement placement) {

    ClusterDesign {
        jobs = List.copyOf(jobs);
        skipped = List.copyOf(skipped);
    }

    /**
     * @throws ScenarioException if the jobs cannot be read, or one of them can never run and none may be left out
     */
    static ClusterDesign bind(Values jobs, Values cluster, Values scheduler, Simulators simulators) {
        JobList list = JobsSection.bind(jobs, simulators::jobs);
        int nodes = Math.toIntExact(cluster.get(ClusterSection.NODES).orElseThrow());
        ClusterLayout layout = ClusterLayout.of(List.of(NodePool.of("nodes", ClusterSection.bind(cluster, nodes))));
        Placement placement = scheduler.get(SchedulerSection.PLACEMENT);
        FreeGpus empty = layout.free();
        NodeShares shares = new NodeShares();
        List<ClusterJob> fitting = new ArrayList<>();
        for (ClusterJob job : list.jobs()) {
            if (placement.choose(empty, job, job.gpus(), shares)) {
                fitting.add(job);
            } else if (jobs.get(JobsSection.TOO_LARGE) == TooLarge.REFUSE) {
                throw tooLarge(jobs, job, empty);
            }
        }
        return new ClusterDesign(
                fitting,
                list.jobs().size() - fitting.size(),
                list.skipped(),
                layout,
                SchedulerSection.policy(scheduler),
                placement);
    }

    private static ScenarioException tooLarge(Values jobs, ClusterJob job, FreeGpus empty) {
        return new ScenarioException(Problem.at(
                jobs.position(),
                Problem.Kind.PLAN,
                "job " + job.id() + " wants " + job.gpus() + " GPUs, which the cluster of " + empty.nodes()
                        + " nodes and " + empty.total() + " GPUs can never give it",
                "more nodes, or jobs.too-large: drop"));
    }

    /** Plays the jobs under the eyes of a watcher. */
    ClusterOutcome run(JobWatcher watcher) {
        return ClusterSimulation.run(jobs, layout.free(), placement, policy.get(), watcher);
    }
}
