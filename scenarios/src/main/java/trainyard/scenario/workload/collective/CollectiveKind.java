package trainyard.scenario.workload.collective;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.network.CollectiveSection;
import trainyard.scenario.source.Problems;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code collective}: one collective operation on otherwise idle machines. */
public final class CollectiveKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("collective", CollectiveSection.SECTION, "One collective operation.");

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
        ClusterSection.refuseCondition(scenario.get(ScenarioSection.CLUSTER), problems);
    }

    @Override
    public List<Metric> metrics() {
        return CollectiveMetrics.all();
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Workload exact =
                CollectiveWorkload.bind(simulators, scenario.get(ScenarioSection.CLUSTER), scenario.get(SECTION));
        return BoundWorkload.fixed(exact);
    }
}
