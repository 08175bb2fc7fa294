package trainyard.scenario.workload.detector;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.life.DetectorSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code detector}: a failure detector by itself. */
public final class DetectorKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("detector", DetectorSection.SECTION, "A failure detector by itself.");

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return DetectorMetrics.all();
    }

    @Override
    public List<Metric> samples() {
        return List.of(DetectorMetrics.DETECTION_TIME);
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        DetectorDesign design = DetectorDesign.bind(scenario.get(SECTION));
        return streams -> new DetectorWorkload(design, streams);
    }
}
