package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.jobs.JobCheckpointSection;
import trainyard.scenario.section.jobs.JobSweepSection;
import trainyard.scenario.section.jobs.JobTrainingSection;
import trainyard.scenario.section.jobs.JobsBinding;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.scheduler.GoodputFields;
import trainyard.scenario.section.scheduler.PolicyBinding;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Simulators;
import trainyard.scheduler.catalog.PlacementKind;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.run.Defragmentation;
import trainyard.scheduler.speed.PairSpeeds;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.random.RandomStreams;

/**
 * A cluster with its scheduler, and the jobs of each replication.
 *
 * @param jobs what it is asked to run
 * @param recorded whether a recorded list is among it
 * @param forecast what its days to come are made of, where it does not run the jobs themselves
 * @param sweeps those of them that are trials
 * @param admission what is done about jobs that it can never hold
 * @param layout its nodes
 * @param policy who runs when; a new one for each run, by the randomness of its replication
 * @param placement where which of some jobs run; a new one for each run
 * @param conditions what jobs meet
 * @param quotas of teams
 */
record ClusterDesign(
        JobsBinding.Source jobs,
        boolean recorded,
        Optional<ForecastJobs> forecast,
        Function<RandomStreams, List<JobSweepSection.Drawn>> sweeps,
        JobAdmission admission,
        ClusterLayout layout,
        Function<RandomStreams, SchedulingPolicy> policy,
        Function<List<ClusterJob>, Placement> placement,
        ClusterConditions conditions,
        List<QuotaSpec> quotas) {

    /**
     * @throws ScenarioException if the jobs cannot be read
     */
    static ClusterDesign bind(Values jobs, Values cluster, Values scheduler, Simulators simulators) {
        int nodes = Math.toIntExact(cluster.get(ClusterSection.NODES).orElseThrow());
        ClusterSpec machines = ClusterSection.bind(cluster, nodes);
        ClusterLayout whole = ClusterLayout.of(pools(JobsSection.pools(jobs, nodes), cluster, machines));
        ClusterLayout layout = GpuSharing.layout(whole, jobs, cluster, scheduler);
        TeamCells cells = TeamCells.bind(scheduler, jobs, layout);
        Function<List<ClusterJob>, Placement> placement = placement(cluster, scheduler, layout, cells);
        refuseWhatSharingLacks(jobs, scheduler, layout, placement.apply(List.of()));
        PairSpeeds pairs = PairBinding.bind(jobs, scheduler);
        List<QuotaSpec> quotas = SchedulerSection.quotas(scheduler);
        TrainingProfiles training = JobTrainingSection.bind(jobs);
        boolean choosesBatch = GoodputFields.isChosen(scheduler);
        JobsBinding.Source written = JobsBinding.bind(jobs, simulators::jobs);
        JobsBinding.Source listed = choosesBatch ? JobTrainingSection.elastic(jobs, written, training) : written;
        Optional<ForecastJobs> forecast =
                jobs.find(JobsSection.FORECAST).map(section -> new ForecastJobs(listed, section));
        return new ClusterDesign(
                forecast.<JobsBinding.Source>map(days -> days).orElse(listed),
                jobs.isWritten(JobsSection.TRACE),
                forecast,
                streams -> JobsBinding.sweeps(jobs, streams),
                new JobAdmission(
                        layout,
                        () -> placement.apply(List.of()),
                        kept(scheduler, quotas),
                        cells,
                        TeamNames.of(jobs, scheduler),
                        jobs.get(JobsSection.TOO_LARGE),
                        jobs.position(),
                        JobsSection.written(jobs)),
                layout,
                PolicyBinding.policy(scheduler, layout, JobsSection.poolSpeeds(jobs), training, pairs),
                placement,
                ClusterConditions.bind(jobs, scheduler, machines, layout, choosesBatch)
                        .with(pairs, layout)
                        .with(defragmentation(scheduler, layout)),
                quotas);
    }

    /**
     * @throws ScenarioException if jobs that share GPUs would be moved, lose GPUs or fall back
     */
    private static void refuseWhatSharingLacks(
            Values jobs, Values scheduler, ClusterLayout layout, Placement placement) {
        if (!SchedulerSection.sharesGpus(scheduler)) {
            return;
        }
        if (placement.keepsBooks()) {
            throw unshared(
                    scheduler.position(SchedulerSection.POLICY),
                    "processors, memory and cells are not counted for jobs that share GPUs",
                    "drop cpus and host-memory of the node, or choose another placement");
        }
        if (layout.partsPerGpu() > 1) {
            throw unshared(
                    jobs.position(), "jobs that share GPUs in turns have whole ones", "let jobs want whole GPUs");
        }
        for (Field<Values> section : List.of(JobsSection.FAILURES, JobsSection.SPOT, JobsSection.MAINTENANCE)) {
            if (jobs.isWritten(section)) {
                throw unshared(
                        jobs.position(section), "nodes stay under jobs that share GPUs", "drop jobs." + section.key());
            }
        }
        if (scheduler.isWritten(SchedulerSection.DEFRAGMENTATION)) {
            throw unshared(
                    scheduler.position(SchedulerSection.DEFRAGMENTATION),
                    "jobs that share GPUs are not moved together",
                    "drop scheduler.defragmentation");
        }
        jobs.find(JobsSection.CHECKPOINT)
                .filter(section -> section.get(JobCheckpointSection.ON_STOP) != JobCosts.OnStop.SAVES)
                .ifPresent(section -> {
                    throw unshared(
                            section.position(JobCheckpointSection.ON_STOP),
                            "jobs that share GPUs save when they are stopped",
                            "write on-stop: saves");
                });
    }

    private static ScenarioException unshared(Position position, String what, String instead) {
        return new ScenarioException(
                Problem.at(position, Problem.Kind.PLAN, what, instead + ", or choose another scheduler.policy"));
    }

    /**
     * @throws ScenarioException if processors, memory or pools are counted for jobs that are placed without a look at them
     */
    private static Function<List<ClusterJob>, Placement> placement(
            Values cluster, Values scheduler, ClusterLayout layout, TeamCells cells) {
        PolicyKind policy = scheduler.get(SchedulerSection.POLICY);
        if (policy == PolicyKind.GOODPUT && (layout.pools().size() > 1 || layout.countsHosts())) {
            throw new ScenarioException(Problem.at(
                    scheduler.position(SchedulerSection.POLICY),
                    Problem.Kind.PLAN,
                    "goodput allocates GPUs without a look at pools, processors and memory",
                    "choose another policy, or drop jobs.pools and the cpus and host-memory of the node"));
        }
        if (policy == PolicyKind.SIA && layout.countsHosts()) {
            throw new ScenarioException(Problem.at(
                    scheduler.position(SchedulerSection.POLICY),
                    Problem.Kind.PLAN,
                    "sia allocates GPUs without a look at processors and memory",
                    "choose another policy, or drop the cpus and host-memory of the node"));
        }
        if (layout.countsHosts() && policy == PolicyKind.POD_BY_POD) {
            throw new ScenarioException(Problem.at(
                    cluster.position(ClusterSection.NODE),
                    Problem.Kind.PLAN,
                    "processors and memory are not counted for jobs that are placed pod by pod",
                    "drop cpus and host-memory, or choose another scheduler.policy"));
        }
        PlacementKind kind = scheduler.get(SchedulerSection.PLACEMENT);
        return jobs -> kind.make(layout, jobs, cells.quotas());
    }

    /**
     * @throws ScenarioException if jobs could be moved to nodes that they cannot use
     */
    private static Optional<Defragmentation> defragmentation(Values scheduler, ClusterLayout layout) {
        Optional<Defragmentation> limits = SchedulerSection.defragmentation(scheduler);
        if (limits.isPresent() && (layout.pools().size() > 1 || layout.countsHosts())) {
            throw new ScenarioException(Problem.at(
                    scheduler.position(SchedulerSection.DEFRAGMENTATION),
                    Problem.Kind.PLAN,
                    "jobs are moved without a look at pools, processors and memory",
                    "drop it, or jobs.pools and the cpus and host-memory of the node"));
        }
        return limits;
    }

    private static List<QuotaSpec> kept(Values scheduler, List<QuotaSpec> quotas) {
        return scheduler.get(SchedulerSection.POLICY) == PolicyKind.KUEUE ? quotas : List.of();
    }

    private static List<NodePool> pools(Map<String, Integer> pools, Values cluster, ClusterSpec machines) {
        if (pools.isEmpty()) {
            return List.of(pool("nodes", cluster, machines));
        }
        List<NodePool> parts = new ArrayList<>();
        pools.forEach((name, nodes) -> parts.add(
                pool(name, cluster, ClusterSection.bind(cluster, nodes)).withGpuType(name)));
        return parts;
    }

    private static NodePool pool(String name, Values cluster, ClusterSpec machines) {
        return NodePool.of(name, machines)
                .withHost(ClusterSection.cpusPerNode(cluster), ClusterSection.memoryBytesPerNode(cluster));
    }

    /**
     * One replication.
     *
     * @throws ScenarioException if a job can never run and none may be left out
     */
    ClusterRun with(RandomStreams streams) {
        JobAdmission.Admitted admitted = admission.of(jobs.draw(streams));
        return new ClusterRun(this, admitted, admitted.whole(sweeps.apply(streams)), streams);
    }
}
