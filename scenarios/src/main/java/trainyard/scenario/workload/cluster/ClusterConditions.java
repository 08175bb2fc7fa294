package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultModel;
import trainyard.parallel.model.Model;
import trainyard.parallel.step.AnalyticStepModel;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobAutoscalerSection;
import trainyard.scenario.section.jobs.JobCheckpointSection;
import trainyard.scenario.section.jobs.JobFailuresSection;
import trainyard.scenario.section.jobs.JobLocalitySection;
import trainyard.scenario.section.jobs.JobMaintenanceSection;
import trainyard.scenario.section.jobs.JobSpotSection;
import trainyard.scenario.section.jobs.JobTrainingSection;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.interleave.GroupRules;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.RestartCosts;
import trainyard.scheduler.run.ControlPlane;
import trainyard.scheduler.run.Defragmentation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.speed.AmdahlSpeed;
import trainyard.scheduler.speed.ColocationSlowdown;
import trainyard.scheduler.speed.GoodputSpeed;
import trainyard.scheduler.speed.LocalitySpeed;
import trainyard.scheduler.speed.PairSpeeds;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.scheduler.speed.StepSpeed;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.random.RandomStreams;

/**
 * What jobs meet on the cluster: how fast they are where, what stops cost, what breaks.
 *
 * @param speed how fast jobs are; a new model for each run
 * @param costs of starts, checkpoints and stops
 * @param failures what breaks
 * @param planned nodes that go with a notice
 * @param autoscalers which nodes come and go; new ones for each run
 * @param control what the scheduler and its metadata store take
 * @param groups how jobs share GPUs
 * @param sharing how much slower jobs are that have parts of one GPU
 * @param pairs how fast two jobs are on the same GPUs, where pairs may be
 * @param defragmentation which jobs are moved together
 */
record ClusterConditions(
        Supplier<SpeedModel> speed,
        RestartCosts costs,
        Optional<Failures> failures,
        List<Planned> planned,
        Optional<Supplier<List<Autoscaler>>> autoscalers,
        ControlPlane control,
        GroupRules groups,
        ColocationSlowdown sharing,
        Optional<PairSpeeds.Placed> pairs,
        Optional<Defragmentation> defragmentation) {

    /** Makes the outages of a replication, of those that nobody knows beforehand only the ones until a moment, ns. */
    @FunctionalInterface
    interface Planned {
        NodeOutages of(long untilNanos, RandomStreams streams);
    }

    /**
     * What breaks.
     *
     * @param section where the scenario states it
     * @param faults its causes
     * @param shape where they strike
     */
    record Failures(Values section, FaultModel faults, ClusterShape shape) {}

    /**
     * @param choosesBatch whether the policy chooses the batches of jobs
     * @throws trainyard.scenario.source.ScenarioException if the section contradicts itself
     */
    static ClusterConditions bind(
            Values jobs, Values scheduler, ClusterSpec cluster, ClusterLayout layout, boolean choosesBatch) {
        return new ClusterConditions(
                speed(jobs, cluster, layout, choosesBatch),
                JobCheckpointSection.bind(jobs.find(JobsSection.CHECKPOINT)),
                jobs.find(JobsSection.FAILURES)
                        .map(section ->
                                new Failures(section, JobFailuresSection.faults(section), shape(cluster, layout))),
                planned(jobs, layout.nodes()),
                jobs.find(JobsSection.AUTOSCALER).map(section -> JobAutoscalerSection.bind(section, layout.pools())),
                SchedulerSection.control(scheduler),
                SchedulerSection.groups(scheduler),
                JobsSection.sharesGpus(jobs)
                        ? new ColocationSlowdown(
                                jobs.find(JobsSection.SHARING_SLOWDOWN).orElse(List.of()))
                        : ColocationSlowdown.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with jobs that are moved. */
    ClusterConditions with(Optional<Defragmentation> other) {
        return new ClusterConditions(
                speed, costs, failures, planned, autoscalers, control, groups, sharing, pairs, other);
    }

    /** The same with two jobs on the same GPUs; {@link PairSpeeds#NONE} for none. */
    ClusterConditions with(PairSpeeds others, ClusterLayout layout) {
        Optional<PairSpeeds.Placed> placed =
                others == PairSpeeds.NONE ? Optional.empty() : Optional.of(others.on(layout));
        return new ClusterConditions(
                speed, costs, failures, planned, autoscalers, control, groups, sharing, placed, defragmentation);
    }

    private static ClusterShape shape(ClusterSpec cluster, ClusterLayout layout) {
        NodePool pool = layout.pools().get(0);
        return new ClusterShape(
                layout.nodes(),
                pool.gpusPerNode(),
                pool.nodesPerRack(),
                Math.max(1, cluster.node().nics()),
                pool.nodesPerRack(),
                1);
    }

    private static List<Planned> planned(Values jobs, int nodes) {
        List<Planned> planned = new ArrayList<>();
        jobs.find(JobsSection.SPOT).ifPresent(spot -> {
            JobSpotSection.check(spot, nodes);
            planned.add((until, streams) ->
                    JobSpotSection.outages(spot, nodes, streams).until(until));
        });
        jobs.find(JobsSection.MAINTENANCE).ifPresent(rolling -> {
            JobMaintenanceSection.check(rolling, nodes);
            planned.add((until, streams) -> JobMaintenanceSection.outages(rolling, nodes));
        });
        return planned;
    }

    private static Supplier<SpeedModel> speed(
            Values jobs, ClusterSpec cluster, ClusterLayout layout, boolean choosesBatch) {
        Supplier<SpeedModel> placed = placedSpeed(jobs, cluster, layout);
        PoolSpeeds pools = JobsSection.poolSpeeds(jobs);
        TrainingProfiles training = JobTrainingSection.bind(jobs);
        int gpusPerNode =
                layout.pools().stream().mapToInt(NodePool::gpusPerNode).max().orElseThrow();
        return () -> pools.times(trained(training, choosesBatch, gpusPerNode, placed.get()), layout);
    }

    private static SpeedModel trained(
            TrainingProfiles training, boolean choosesBatch, int gpusPerNode, SpeedModel others) {
        return training.byClass().isEmpty() ? others : new GoodputSpeed(training, choosesBatch, gpusPerNode, others);
    }

    private static Supplier<SpeedModel> placedSpeed(Values jobs, ClusterSpec cluster, ClusterLayout layout) {
        Optional<Values> locality = jobs.find(JobsSection.LOCALITY);
        SpeedModel byNumber = new AmdahlSpeed(jobs.get(JobsSection.SERIAL_SHARE));
        if (locality.isEmpty()) {
            return () -> byNumber;
        }
        Values section = locality.get();
        Optional<Model> model = section.find(JobLocalitySection.MODEL);
        if (model.isEmpty()) {
            SpeedModel stated = new LocalitySpeed(layout, JobLocalitySection.rates(section));
            return () -> (job, gpus, shares) -> stated.rate(job, gpus, shares) * byNumber.rate(job, gpus, shares);
        }
        JobLocalitySection.requireRate(section, model.get(), cluster);
        AnalyticStepModel steps = new AnalyticStepModel(NcclModel::on);
        return () -> new StepSpeed(
                steps,
                (job, gpus) -> Optional.of(JobLocalitySection.training(section, model.get(), gpus, cluster)),
                layout);
    }

    /** The same in a replication, with accounts of all GPU time. */
    RunOptions options(RandomStreams streams) {
        return knownAt(Long.MAX_VALUE, streams);
    }

    /** The same as far as it is known at a moment, ns: nothing breaks after it and no spot node goes, but maintenance goes on. */
    RunOptions knownAt(long nanos, RandomStreams streams) {
        RunOptions alone = RunOptions.plain()
                .withSpeed(speed.get())
                .withCosts(costs)
                .withAccounts()
                .withControl(control)
                .withGroups(groups)
                .withColocation(sharing);
        RunOptions still = pairs.map(alone::withPairs).orElse(alone);
        RunOptions plain = defragmentation.map(still::withDefragmentation).orElse(still);
        List<NodeOutages> outages = new ArrayList<>();
        failures.ifPresent(
                all -> outages.add(JobFailuresSection.outages(all.section(), all.faults(), all.shape(), streams)
                        .until(nanos)));
        planned.forEach(each -> outages.add(each.of(nanos, streams)));
        int crews = failures.map(all -> JobFailuresSection.crews(all.section())).orElse(Integer.MAX_VALUE);
        RunOptions scaled =
                autoscalers.map(all -> plain.withAutoscalers(all.get())).orElse(plain);
        RunOptions options = outages.isEmpty() ? scaled : scaled.withOutages(NodeOutages.merged(outages), crews);
        return failures.map(all -> options.withRules(JobFailuresSection.rules(all.section())))
                .orElse(options);
    }
}
