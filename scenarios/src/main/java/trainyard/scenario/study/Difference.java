package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;
import trainyard.report.figure.Estimate;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Statistic;
import trainyard.sim.stats.Interval;
import trainyard.sim.stats.Tally;

/**
 * The first of two cells less the second, in one metric, in base units.
 *
 * @param estimate mean, or another statistic, of the differences of the replications, with its 95 % interval
 * @param halfWidth half the width of that interval; empty where there are too few replications for one
 */
public record Difference(Estimate estimate, Optional<Double> halfWidth) {

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
                differences.add(a.get() - b.get());
            }
        }
        if (differences.stream().anyMatch(value -> value.isNaN() || value.isInfinite())) {
            return Optional.empty();
        }
        Observations all = Observations.ofReplications(
                differences.stream().mapToDouble(Double::doubleValue).toArray());
        OptionalDouble quantile = CellResult.quantile(metric);
        return all.estimate(quantile).map(estimate -> new Difference(estimate, all.halfWidth(quantile)));
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
        return Optional.of(new Difference(estimate, half));
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

    /** What a statistic states of it; empty where there is no interval to state it of. */
    Optional<Double> part(Statistic.Part part) {
        return switch (part) {
            case VALUE -> Optional.of(estimate.value());
            case LOW -> halfWidth.map(any -> estimate.low());
            case HIGH -> halfWidth.map(any -> estimate.high());
            case HALF_WIDTH -> halfWidth;
        };
    }
}
