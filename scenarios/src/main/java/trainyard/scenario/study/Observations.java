package trainyard.scenario.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Estimate;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Statistic;
import trainyard.sim.stats.BatchMeans;
import trainyard.sim.stats.ClusteredSample;
import trainyard.sim.stats.Interval;
import trainyard.sim.stats.MeanEstimate;
import trainyard.sim.stats.Quantiles;
import trainyard.sim.stats.Tally;

/**
 * The values of a metric over the replications of a cell, one each, or as many as happened in each. A value of positive
 * infinity stands for something that had not happened when the replication ended, such as a job that was not done: it
 * counts in a quantile, and leaves the mean unknown.
 */
final class Observations {

    /** Confidence of every interval of a study. */
    static final double CONFIDENCE = 0.95;

    /** The values of each replication; empty where each has one, which {@link #all} then has. */
    private final List<double[]> groups;

    private final boolean steady;
    private final Bounds bounds;
    private final double[] all;
    private final boolean exact;
    private Optional<Quantiles> quantiles = Optional.empty();

    /**
     * @param steady whether the long-run mean of the first group is stated, which is a series in the order of time
     * @param bounds what values there can be
     */
    Observations(List<double[]> groups, boolean steady, Bounds bounds) {
        this(groups.stream().allMatch(group -> group.length == 1) ? List.of() : groups, steady, bounds, joined(groups));
    }

    private Observations(List<double[]> groups, boolean steady, Bounds bounds, double[] all) {
        this.groups = groups;
        this.steady = steady;
        this.bounds = bounds;
        this.all = all;
        exact = Arrays.stream(all).allMatch(each -> each == all[0]);
    }

    /** One value for each replication, of either sign. */
    static Observations ofReplications(double[] values) {
        return new Observations(List.of(), false, Bounds.NONE, values);
    }

    private static double[] joined(List<double[]> groups) {
        double[] all =
                new double[groups.stream().mapToInt(group -> group.length).sum()];
        int end = 0;
        for (double[] group : groups) {
            System.arraycopy(group, 0, all, end, group.length);
            end += group.length;
        }
        return all;
    }

    /** In the order of time, of the first replication. */
    private BatchMeans batches() {
        return BatchMeans.of(groups.isEmpty() ? Arrays.copyOf(all, 1) : groups.get(0), CONFIDENCE);
    }

    private Quantiles quantiles() {
        if (quantiles.isEmpty()) {
            quantiles = Optional.of(new Quantiles(all));
        }
        return quantiles.get();
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    /** Count, mean and spread of the values, all of which have to be finite. */
    Tally tally() {
        return Tally.of(all);
    }

    /** The value of a statistic, such as a mean; empty where there is none. */
    Optional<Double> value(OptionalDouble quantile) {
        if (isEmpty()) {
            return Optional.empty();
        }
        if (steady) {
            return Optional.of(batches().mean());
        }
        double value = quantile.isPresent() ? quantiles().quantile(quantile.getAsDouble()) : mean();
        return Optional.of(value).filter(Double::isFinite);
    }

    private double mean() {
        return exact ? all[0] : Arrays.stream(all).average().orElseThrow();
    }

    /** Its 95 % confidence interval; empty where there are too few values for one. */
    Optional<Interval> interval(OptionalDouble quantile) {
        if (value(quantile).isEmpty()) {
            return Optional.empty();
        }
        if (steady) {
            return batches().interval();
        }
        boolean oneEach = groups.isEmpty();
        Optional<Interval> interval;
        if (quantile.isPresent()) {
            double probability = quantile.getAsDouble();
            boolean inside = probability > 0 && probability < 1;
            interval = !inside
                    ? Optional.empty()
                    : oneEach
                            ? quantiles().interval(probability, CONFIDENCE)
                            : new ClusteredSample(groups).quantileInterval(probability, CONFIDENCE);
        } else {
            interval = oneEach
                    ? MeanEstimate.of(all, CONFIDENCE).interval()
                    : new ClusteredSample(groups).meanInterval(CONFIDENCE);
        }
        return interval.filter(ends -> Double.isFinite(ends.low()) && Double.isFinite(ends.high()));
    }

    /**
     * Value and interval, which is cut at what is possible; without width where all agree or there are too few values for an
     * interval.
     */
    Optional<Estimate> estimate(OptionalDouble quantile) {
        return value(quantile).map(value -> {
            return exact
                    ? Estimate.exact(value)
                    : interval(quantile)
                            .map(ends -> new Estimate(
                                    value,
                                    Math.min(value, bounds.nearest(ends.low())),
                                    Math.max(value, bounds.nearest(ends.high()))))
                            .orElse(Estimate.exact(value));
        });
    }

    /** Why a long-run mean has no interval; empty where it has one. */
    String refusal() {
        return steady && !isEmpty() ? batches().refusal() : "";
    }

    /** Half the width of the interval before it is cut; 0 where all values agree, empty where there is no interval. */
    Optional<Double> halfWidth(OptionalDouble quantile) {
        return exact && !isEmpty() ? Optional.of(0.0) : interval(quantile).map(Interval::halfWidth);
    }

    /** A part of the estimate; empty where there is none. */
    Optional<Double> part(OptionalDouble quantile, Statistic.Part part) {
        boolean known = halfWidth(quantile).isPresent();
        return switch (part) {
            case VALUE -> value(quantile);
            case LOW -> estimate(quantile).filter(any -> known).map(Estimate::low);
            case HIGH -> estimate(quantile).filter(any -> known).map(Estimate::high);
            case HALF_WIDTH -> halfWidth(quantile);
            case SPREAD -> spread();
        };
    }

    /** The greatest value less the least; empty of one value, and where something had not happened in a replication. */
    Optional<Double> spread() {
        return all.length < 2
                ? Optional.empty()
                : Optional.of(quantiles().quantile(1) - quantiles().quantile(0)).filter(Double::isFinite);
    }
}
