package trainyard.scenario.workload.sites;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sites.SitesSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code sites}: replicas of a model on sites that exchange parameters over a slow link. */
public final class SitesKind implements WorkloadKind {

    private static final Field<Values> SECTION = Field.of(
            "sites", SitesSection.SECTION, "Replicas of a model on sites that exchange parameters over a slow link.");

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return SitesMetrics.all();
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        return BoundWorkload.fixed(SitesWorkload.bind(scenario.get(SECTION)));
    }
}
