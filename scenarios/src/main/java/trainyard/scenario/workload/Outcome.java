package trainyard.scenario.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.source.Problem;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.hardware.calibration.Extrapolation;

/**
 * What one cell came to.
 *
 * @param metrics its numbers in base units; without those of time where the plan does not fit
 * @param labels its words, such as the algorithm chosen
 * @param step the step in detail, where the workload is one
 * @param infeasible why the cell cannot run, where it cannot
 * @param extrapolations where fits of a calibration profile were used outside what they were measured over
 * @param samples quantities with many values in the replication, of those that the scenario states something of
 */
public record Outcome(
        Map<Metric, Double> metrics,
        Map<String, String> labels,
        Optional<StepCost> step,
        Optional<Problem> infeasible,
        List<Extrapolation> extrapolations,
        List<Details.Sample> samples) {

    public Outcome(
            Map<Metric, Double> metrics,
            Map<String, String> labels,
            Optional<StepCost> step,
            Optional<Problem> infeasible) {
        this(metrics, labels, step, infeasible, List.of(), List.of());
    }

    /** The label under which a cell says in words what was found in it. */
    public static final String FINDING = "finding";

    public Outcome {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        extrapolations = List.copyOf(extrapolations);
        samples = List.copyOf(samples);
    }

    /** The same with what was recorded of the replication. */
    public Outcome with(List<Details.Sample> recorded) {
        return new Outcome(metrics, labels, step, infeasible, extrapolations, recorded);
    }

    /** The same whose times come from fits that were used beyond their range. */
    public Outcome extrapolating(List<Extrapolation> beyond) {
        return new Outcome(metrics, labels, step, infeasible, beyond, samples);
    }

    /** All values of a metric: one, many of a quantity that is sampled, or none. */
    public double[] values(Metric metric) {
        for (Details.Sample sample : samples) {
            if (sample.quantity().equals(metric)) {
                return sample.values().stream().mapToDouble(Double::doubleValue).toArray();
            }
        }
        Double value = metrics.get(metric);
        return value == null ? new double[0] : new double[] {value};
    }

    public boolean isFeasible() {
        return infeasible.isEmpty();
    }

    /** The value of a metric; empty where the cell is infeasible or the metric is not known for it. */
    public Optional<Double> value(Metric metric) {
        return Optional.ofNullable(metrics.get(metric));
    }
}
