package trainyard.scenario.workload.cluster;

import java.util.Optional;
import java.util.function.Supplier;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultModel;
import trainyard.parallel.model.Model;
import trainyard.parallel.step.AnalyticStepModel;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.JobAutoscalerSection;
import trainyard.scenario.section.JobCheckpointSection;
import trainyard.scenario.section.JobFailuresSection;
import trainyard.scenario.section.JobLocalitySection;
import trainyard.scenario.section.JobsSection;
import trainyard.scenario.workload.Simulators;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cost.RestartCosts;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.speed.LocalitySpeed;
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
 * @param autoscaler which nodes come and go; a new one for each run
 */
record ClusterConditions(
        Supplier<SpeedModel> speed,
        RestartCosts costs,
        Optional<Failures> failures,
        Optional<Supplier<Autoscaler>> autoscaler) {

    /**
     * What breaks.
     *
     * @param section where the scenario states it
     * @param faults its causes
     * @param shape where they strike
     */
    record Failures(Values section, FaultModel faults, ClusterShape shape) {}

    /**
     * @throws trainyard.scenario.source.ScenarioException if the section contradicts itself
     */
    static ClusterConditions bind(Values jobs, ClusterSpec cluster, ClusterLayout layout, Simulators simulators) {
        return new ClusterConditions(
                speed(jobs.find(JobsSection.LOCALITY), cluster, layout),
                JobCheckpointSection.bind(jobs.find(JobsSection.CHECKPOINT)),
                jobs.find(JobsSection.FAILURES)
                        .map(section ->
                                new Failures(section, JobFailuresSection.faults(section), shape(cluster, layout))),
                jobs.find(JobsSection.AUTOSCALER).map(section -> JobAutoscalerSection.bind(section, layout.nodes())));
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

    private static Supplier<SpeedModel> speed(Optional<Values> locality, ClusterSpec cluster, ClusterLayout layout) {
        if (locality.isEmpty()) {
            return () -> SpeedModel.CONSTANT;
        }
        Values section = locality.get();
        Optional<Model> model = section.find(JobLocalitySection.MODEL);
        if (model.isEmpty()) {
            SpeedModel stated = new LocalitySpeed(layout, JobLocalitySection.rates(section));
            return () -> stated;
        }
        AnalyticStepModel steps = new AnalyticStepModel(NcclModel::on);
        return () -> new StepSpeed(
                steps,
                (job, gpus) -> Optional.of(JobLocalitySection.training(section, model.get(), gpus, cluster)),
                layout);
    }

    /** The same in a replication, with accounts of all GPU time. */
    RunOptions options(RandomStreams streams) {
        RunOptions plain =
                RunOptions.plain().withSpeed(speed.get()).withCosts(costs).withAccounts();
        RunOptions options =
                autoscaler.map(scaler -> plain.withAutoscaler(scaler.get())).orElse(plain);
        return failures.map(all -> options.withOutages(
                                JobFailuresSection.outages(all.section(), all.faults(), all.shape(), streams),
                                JobFailuresSection.crews(all.section()))
                        .withRules(JobFailuresSection.rules(all.section())))
                .orElse(options);
    }
}
