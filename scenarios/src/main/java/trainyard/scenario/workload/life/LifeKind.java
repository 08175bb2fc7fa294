package trainyard.scenario.workload.life;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.life.account.GpuState;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepKind;
import trainyard.scenario.workload.step.StepWorkload;
import trainyard.sim.random.RandomStreams;

/** {@code life}: the job as a long one that meets faults. */
public final class LifeKind implements WorkloadKind {

    /** Lives that a quick run looks at: one alone would say nothing of the faults. */
    private static final int QUICK_LIVES = 20;

    @Override
    public Field<Values> section() {
        return ScenarioSection.LIFE;
    }

    @Override
    public List<Field<Values>> needs() {
        return List.of(ScenarioSection.CLUSTER, ScenarioSection.JOB);
    }

    @Override
    public List<Field<Values>> reads() {
        return List.of(ScenarioSection.COST, ScenarioSection.SEARCH);
    }

    @Override
    public List<Metric> metrics() {
        return LifeMetrics.all();
    }

    /** All lives of a cell rest on the same step, whose ranks differ as in the first replication. */
    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        RandomStreams first = new RandomStreams(scenario.get(ScenarioSection.SEED), 0);
        StepWorkload step = StepKind.bindStep(scenario, simulators).with(first);
        Optional<CostRatio> ratio = scenario.find(ScenarioSection.COST).flatMap(CostRatio::bind);
        return LifeWorkload.bind(step, scenario.get(ScenarioSection.LIFE), ratio)::with;
    }

    @Override
    public int quickReplications() {
        return QUICK_LIVES;
    }

    @Override
    public List<Metric> series() {
        return LifeDetails.series();
    }

    @Override
    public List<Metric> samples() {
        return LifeDetails.samples();
    }

    @Override
    public Map<String, Metric> states() {
        Map<String, Metric> states = new LinkedHashMap<>();
        for (GpuState state : GpuState.values()) {
            states.put(state.label(), LifeMetrics.share(state));
        }
        return states;
    }

    @Override
    public Map<String, Metric> dividedStates() {
        Map<String, Metric> states = new LinkedHashMap<>(UsefulWork.byLabel());
        states.putAll(states());
        states.remove(GpuState.USEFUL.label());
        return states;
    }

    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.WATERFALL);
    }
}
