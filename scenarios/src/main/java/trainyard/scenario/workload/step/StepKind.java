package trainyard.scenario.workload.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CostSection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.ConditionBinding;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.section.job.JobSection;
import trainyard.scenario.section.job.ParallelSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;

/** {@code job}: one step of a training job. */
public final class StepKind implements WorkloadKind {

    @Override
    public Field<Values> section() {
        return ScenarioSection.JOB;
    }

    @Override
    public List<Field<Values>> needs() {
        return List.of(ScenarioSection.CLUSTER);
    }

    @Override
    public List<Field<Values>> reads() {
        return List.of(ScenarioSection.COST, ScenarioSection.SEARCH);
    }

    @Override
    public List<Metric> metrics() {
        return StepMetrics.all();
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        return bindStep(scenario, simulators)::with;
    }

    @Override
    public Map<String, Metric> states() {
        Map<String, Metric> states = new LinkedHashMap<>();
        for (TimeState state : TimeState.values()) {
            states.put(state.label(), StepMetrics.timeShare(state));
        }
        return states;
    }

    @Override
    public boolean showsStep() {
        return true;
    }

    /** A step but for the condition of its ranks. */
    @FunctionalInterface
    public interface BoundStep {
        /** The step of one replication. */
        StepWorkload with(RandomStreams streams);
    }

    /** The step of the first replication, for kinds in which all replications of a cell rest on the same one. */
    public static StepWorkload bindFirstStep(Values scenario, Simulators simulators) {
        return bindStep(scenario, simulators).with(new RandomStreams(scenario.get(ScenarioSection.SEED), 0));
    }

    /** Binds the sections {@code cluster}, {@code job} and {@code cost}. */
    public static BoundStep bindStep(Values scenario, Simulators simulators) {
        Values cluster = scenario.get(ScenarioSection.CLUSTER);
        Values job = scenario.get(ScenarioSection.JOB);
        Optional<Double> price = scenario.find(ScenarioSection.COST).map(cost -> cost.get(CostSection.PRICE));
        TrainingJob split = split(JobBinding.bind(cluster, job), cluster, job, simulators);
        return streams -> {
            JobCondition condition = condition(split, cluster, job, streams);
            return StepWorkload.bind(simulators, split, condition, cluster, job, price);
        };
    }

    private static JobCondition condition(TrainingJob split, Values cluster, Values job, RandomStreams streams) {
        try {
            return ConditionBinding.bind(cluster, job.get(JobSection.BATCH), split, streams);
        } catch (PlanException contradiction) {
            throw JobBinding.placed(cluster, job, contradiction);
        }
    }

    private static TrainingJob split(TrainingJob bound, Values cluster, Values job, Simulators simulators) {
        if (!ParallelSection.balances(job.get(JobSection.PARALLEL))) {
            return bound;
        }
        try {
            return simulators.balance().balanced(bound);
        } catch (PlanException contradiction) {
            throw JobBinding.placed(cluster, job, contradiction);
        }
    }
}
