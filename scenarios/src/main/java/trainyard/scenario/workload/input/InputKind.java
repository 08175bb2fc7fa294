package trainyard.scenario.workload.input;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.input.InputSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepKind;
import trainyard.scenario.workload.step.StepWorkload;

/** {@code input}: a job beside the path that feeds it with data. */
public final class InputKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("input", InputSection.SECTION, "The path of data to the GPUs of the job; needs `job`.");

    private static final int QUICK_REPLICATIONS = 3;

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Field<Values>> needs() {
        return List.of(ScenarioSection.CLUSTER, ScenarioSection.JOB);
    }

    @Override
    public List<Metric> metrics() {
        return InputMetrics.all();
    }

    @Override
    public List<Metric> series() {
        return List.of(InputMetrics.READY, InputMetrics.DATA_RATE);
    }

    @Override
    public int quickReplications() {
        return QUICK_REPLICATIONS;
    }

    /** All replications of a cell rest on the same step. */
    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        StepWorkload step = StepKind.bindFirstStep(scenario, simulators);
        return InputWorkload.bind(step, scenario.get(SECTION))::with;
    }
}
