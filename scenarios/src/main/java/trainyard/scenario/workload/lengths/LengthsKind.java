package trainyard.scenario.workload.lengths;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.LengthsSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepKind;
import trainyard.scenario.workload.step.StepWorkload;

/** {@code lengths}: a job whose sequences vary in length. */
public final class LengthsKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("lengths", LengthsSection.SECTION, "Sequences of the job that vary in length; needs `job`.");

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
        return LengthsMetrics.all();
    }

    @Override
    public List<Metric> series() {
        return List.of(LengthsMetrics.MEMORY);
    }

    @Override
    public List<Metric> samples() {
        return List.of(LengthsMetrics.MEMORY);
    }

    @Override
    public int quickReplications() {
        return QUICK_REPLICATIONS;
    }

    /** Micro-batches are priced where all ranks are alike. */
    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        StepWorkload step = StepKind.bindFirstStep(scenario, simulators);
        return LengthsWorkload.bind(step, scenario.get(SECTION))::with;
    }
}
