package trainyard.scenario.workload.traffic;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.network.TrafficSection;
import trainyard.scenario.source.Problems;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code traffic}: jobs that communicate at the same time on one fabric. */
public final class TrafficKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("traffic", TrafficSection.SECTION, "Jobs that communicate at the same time on one fabric.");

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Field<Values>> needs() {
        return List.of(ScenarioSection.CLUSTER);
    }

    @Override
    public void check(Values scenario, Problems problems) {
        ClusterSection.refuseConditionOfGpus(scenario.get(ScenarioSection.CLUSTER), problems);
    }

    @Override
    public List<Metric> metrics() {
        return TrafficMetrics.all();
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Workload exact = TrafficWorkload.bind(scenario.get(ScenarioSection.CLUSTER), scenario.get(SECTION));
        return BoundWorkload.fixed(exact);
    }
}
