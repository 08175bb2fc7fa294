package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;
import trainyard.report.figure.Estimate;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Statistic;
import trainyard.sim.stats.Interval;
import trainyard.sim.stats.Tally;

/**
 * The first of two cells less the second, in one metric, in base units.
 *
 * @param estimate mean, or another statistic, of the differences of the replications, with its 95 % interval
 * @param halfWidth half the width of that interval; empty where there are too few replications for one
 * @param spread the greatest of the differences less the least; empty of one, and where replications are not paired
 */
public record Difference(Estimate estimate, Optional<Double> halfWidth, Optional<Double> spread) {

    /** What percentages differ by: 91 % is 1 point above 90 %, and 1.1 % of it. */
    private static final String POINTS = " points";

    /** Relative error of a sum of thousands of terms. */
    private static final double ROUNDING = 1e-12;

    /**
     * Replication by replication. Replications of equal index share their randomness, so that much of it cancels.
     *
     * @param metric a metric, or a quantile of one, which then is that of the differences
     * @return empty where no two replications can be compared, or one of the differences is unknown
     */
    public static Optional<Difference> paired(CellResult first, CellResult second, Metric metric) {
        Metric yielded = metric.yielded();
        int count = Math.min(first.outcomes().size(), second.outcomes().size());
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<Double> a = first.outcomes().get(i).value(yielded);
            Optional<Double> b = second.outcomes().get(i).value(yielded);
            if (a.isPresent() && b.isPresent()) {
                differences.add(difference(a.get(), b.get()));
            }
        }
        if (differences.stream().anyMatch(value -> value.isNaN() || value.isInfinite())) {
            return Optional.empty();
        }
        Observations all = Observations.ofReplications(
                differences.stream().mapToDouble(Double::doubleValue).toArray());
        OptionalDouble quantile = CellResult.quantile(metric);
        return all.estimate(quantile).map(estimate -> new Difference(estimate, all.halfWidth(quantile), all.spread()));
    }

    /** Sums of the same terms in another order differ by their rounding; that is no difference of designs. */
    private static double difference(double a, double b) {
        return Math.abs(a - b) < ROUNDING * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
    }

    /**
     * Of the means alone, as if the two had met luck of their own (Welch 1947, Biometrika 34(1-2):28-35). It says what pairing
     * gains.
     */
    public static Optional<Difference> unpaired(CellResult first, CellResult second, Metric metric) {
        Metric yielded = metric.yielded();
        Observations a = first.observations(yielded);
        Observations b = second.observations(yielded);
        Optional<Double> meanA = a.value(OptionalDouble.empty());
        Optional<Double> meanB = b.value(OptionalDouble.empty());
        if (meanA.isEmpty() || meanB.isEmpty()) {
            return Optional.empty();
        }
        double mean = meanA.get() - meanB.get();
        Optional<Double> half = welch(a.tally(), b.tally());
        Estimate estimate = new Estimate(mean, mean - half.orElse(0.0), mean + half.orElse(0.0));
        return Optional.of(new Difference(estimate, half, Optional.empty()));
    }

    private static Optional<Double> welch(Tally a, Tally b) {
        if (a.count() < 2 || b.count() < 2) {
            return Optional.empty();
        }
        double errorA = a.variance() / a.count();
        double errorB = b.variance() / b.count();
        double error = errorA + errorB;
        if (error == 0) {
            return Optional.of(0.0);
        }
        double freedom = error * error / (errorA * errorA / (a.count() - 1) + errorB * errorB / (b.count() - 1));
        double t = TDistribution.of(freedom).inverseCumulativeProbability((1 + Observations.CONFIDENCE) / 2);
        return Optional.of(t * Math.sqrt(error));
    }

    /** The interval; empty where there are too few replications for one. */
    public Optional<Interval> interval() {
        return halfWidth.map(any -> new Interval(estimate.low(), estimate.high(), Observations.CONFIDENCE));
    }

    /** Whether the interval leaves out zero. */
    public boolean differs() {
        return interval().map(interval -> !interval.contains(0)).orElse(false);
    }

    /** With its interval, such as {@code +1.2 s (+1.1 s to +1.3 s)}; of two percentages in points. */
    public String words(Metric metric) {
        return words(metric, "");
    }

    /** The same in the unit of another text, if it has one of the metric. */
    public String words(Metric metric, String like) {
        if (estimate.isExact() && estimate.value() == 0) {
            return "equal";
        }
        String value = signed(estimate.value(), metric, like) + (isPercentage(metric) ? POINTS : "");
        return interval().isEmpty() || estimate.isExact()
                ? value
                : value + " (" + signed(estimate.low(), metric, like) + " to " + signed(estimate.high(), metric, like)
                        + ")";
    }

    /** Half the width of an interval for people. */
    public static String width(double half, Metric metric) {
        return signed(half, metric, "").substring(1) + (isPercentage(metric) ? POINTS : "");
    }

    private static boolean isPercentage(Metric metric) {
        return metric.unit().equals("%");
    }

    /** Of a percentage the number alone, to which {@link #POINTS} belongs. */
    private static String signed(double value, Metric metric, String like) {
        String text = isPercentage(metric)
                ? String.format(Locale.ROOT, "%.3g", metric.inUnit(Math.abs(value)))
                : metric.formatLike(Math.abs(value), like);
        return (value < 0 ? "-" : "+") + text;
    }

    /** What a statistic states of it; empty where it has none. */
    Optional<Double> part(Statistic.Part part) {
        return switch (part) {
            case VALUE -> Optional.of(estimate.value());
            case LOW -> halfWidth.map(any -> estimate.low());
            case HIGH -> halfWidth.map(any -> estimate.high());
            case HALF_WIDTH -> halfWidth;
            case SPREAD -> spread;
        };
    }
}
