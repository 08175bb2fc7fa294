package trainyard.scenario.solving;

import java.util.Optional;
import trainyard.report.figure.Estimate;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.Metric;

/**
 * A value that was simulated.
 *
 * @param index its number in the domain
 * @param value in base units
 * @param name for people
 * @param result what it came to
 * @param meets whether the target holds
 */
public record Trial(int index, double value, String name, CellResult result, boolean meets) {

    public boolean isFeasible() {
        return result.isFeasible();
    }

    /** The metric of the target with its interval, in the unit of the metric. */
    public Optional<Estimate> estimate(Metric metric) {
        return result.estimate(metric);
    }

    /** The metric for people, such as {@code 29.9 days (95 % confidence 29.5 days to 30.2 days)}, or why it is not known. */
    public String found(Metric metric) {
        return estimate(metric)
                .map(estimate -> found(metric, estimate, metric.format(estimate.value() * metric.unitSize())))
                .orElseGet(() -> Unknown.reason(result, metric));
    }

    private static String found(Metric metric, Estimate estimate, String value) {
        return estimate.isExact()
                ? value
                : value + " (95 % confidence " + metric.formatBeside(estimate.low() * metric.unitSize(), value) + " to "
                        + metric.formatBeside(estimate.high() * metric.unitSize(), value) + ")";
    }
}
