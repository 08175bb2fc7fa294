package trainyard.scenario.solving;

import java.util.Locale;
import java.util.Optional;
import trainyard.report.figure.Estimate;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.units.Dimension;

/**
 * A value that was simulated.
 *
 * @param index its number in the domain
 * @param value in base units
 * @param name for people
 * @param result what it came to
 * @param meets whether the target holds
 * @param missedBy how far it is missed, in base units; empty where the metric is not known
 * @param bound the bound of the target as written, in whose unit the metric is told
 */
public record Trial(
        int index,
        double value,
        String name,
        CellResult result,
        boolean meets,
        Optional<Double> missedBy,
        String bound) {

    public boolean isFeasible() {
        return result.isFeasible();
    }

    /** The metric of the target with its interval, in the unit of the metric. */
    public Optional<Estimate> estimate(Metric metric) {
        return result.estimate(metric);
    }

    /** The metric for people, such as {@code 29.9 days (95 % confidence 29.5 days to 30.2 days)}, or why it is not known. */
    public String found(Metric metric) {
        return found(metric, 1);
    }

    /** The same, a share with so many decimals of its percentage. */
    String found(Metric metric, int decimals) {
        return estimate(metric)
                .map(estimate -> found(
                        metric,
                        estimate,
                        text(metric, estimate.value() * metric.unitSize(), bound, decimals),
                        decimals))
                .orElseGet(() -> Unknown.reason(result, metric));
    }

    private String found(Metric metric, Estimate estimate, String value, int decimals) {
        if (estimate.isExact()) {
            return value;
        }
        double low = estimate.low() * metric.unitSize();
        double high = estimate.high() * metric.unitSize();
        boolean share = metric.dimension() == Dimension.FRACTION;
        return value + " (95 % confidence "
                + (share ? text(metric, low, bound, decimals) : metric.formatBeside(low, value)) + " to "
                + (share ? text(metric, high, bound, decimals) : metric.formatBeside(high, value)) + ")";
    }

    /** A value for people in the unit of a text, a share with so many decimals of its percentage. */
    static String text(Metric metric, double value, String like, int decimals) {
        return metric.dimension() == Dimension.FRACTION
                ? String.format(Locale.ROOT, "%." + decimals + "f %%", 100 * value)
                : metric.formatLike(value, like);
    }
}
