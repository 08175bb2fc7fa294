package trainyard.scenario.workload.tco;

import java.util.List;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.tco.TcoSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code tco}: what GPUs cost over years, owned, rented or both. */
public final class TcoKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("tco", TcoSection.SECTION, "What a demand for GPUs costs over years: owned, rented or both.");

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return TcoMetrics.all();
    }

    @Override
    public List<Metric> samples() {
        return List.of(TcoMetrics.DEMAND);
    }

    @Override
    public List<Metric> series() {
        return List.of(TcoMetrics.SERVED);
    }

    @Override
    public Map<Metric, List<Metric>> sums(Values scenario) {
        return Map.of(TcoMetrics.COST, TcoMetrics.parts());
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        TcoSection.Question question = TcoSection.bind(scenario.get(SECTION), simulators::jobs);
        return BoundWorkload.fixed(new TcoWorkload(question));
    }
}
