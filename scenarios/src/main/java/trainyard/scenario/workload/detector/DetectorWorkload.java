package trainyard.scenario.workload.detector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import trainyard.faults.detect.DetectorOutcome;
import trainyard.faults.detect.DetectorOutcome.Detection;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Details.Sample;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;

/**
 * A failure detector under watch.
 *
 * @param design the detector
 * @param streams randomness of the replication
 */
record DetectorWorkload(DetectorDesign design, RandomStreams streams) implements Workload {

    @Override
    public Outcome run() {
        return outcome(design.simulation().apply(streams));
    }

    @Override
    public Outcome run(Set<Metric> samples) {
        DetectorOutcome seen = design.simulation().apply(streams);
        Outcome outcome = outcome(seen);
        return samples.contains(DetectorMetrics.DETECTION_TIME) ? outcome.with(List.of(latencies(seen))) : outcome;
    }

    private Outcome outcome(DetectorOutcome seen) {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        if (!seen.detections().isEmpty()) {
            double measured = seen.meanDetectionSeconds();
            metrics.put(DetectorMetrics.DETECTION_TIME, measured);
            design.detectionSeconds().ifPresent(form -> {
                metrics.put(DetectorMetrics.DETECTION_TIME_CLOSED_FORM, form);
                metrics.put(DetectorMetrics.DETECTION_TIME_ERROR, Math.abs(measured / form - 1));
            });
            spreadSeconds(seen).ifPresent(spread -> metrics.put(DetectorMetrics.SPREAD_TIME, spread));
        }
        metrics.put(DetectorMetrics.FALSE_ALARMS, seen.falseAlarmsPerNodeSecond() * design.nodes());
        design.falseAlarmsPerSecond().ifPresent(form -> metrics.put(DetectorMetrics.FALSE_ALARMS_CLOSED_FORM, form));
        metrics.put(DetectorMetrics.BUSIEST_LOAD, seen.monitorMessagesPerSecond());
        metrics.put(DetectorMetrics.NODE_LOAD, seen.nodeMessagesPerSecond());
        return new Outcome(metrics, Map.of(), Optional.empty(), Optional.empty());
    }

    /** Of the news that reached all. */
    private static OptionalDouble spreadSeconds(DetectorOutcome seen) {
        return seen.detections().stream()
                .mapToDouble(Detection::spreadSeconds)
                .filter(Double::isFinite)
                .average();
    }

    @Override
    public Details details() {
        return new Details(
                List.of(), List.of(), List.of(latencies(design.simulation().apply(streams))), Optional.empty());
    }

    private static Sample latencies(DetectorOutcome seen) {
        return new Sample(
                DetectorMetrics.DETECTION_TIME,
                seen.detections().stream().map(Detection::latencySeconds).toList());
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }
}
