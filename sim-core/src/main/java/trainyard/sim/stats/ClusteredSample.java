package trainyard.sim.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Values in groups of which only the groups are independent, such as every incident of every replication. Mean and
 * quantiles count each value alike; their intervals rest on how the groups differ.
 *
 * <p>With {@code n} groups, {@code m_i} values in group i and {@code M} in all, a ratio {@code R = sum y_i / M} has the
 * standard error {@code s = sqrt(n / (n - 1) sum (y_i - R m_i)^2) / M} (Cochran, Sampling Techniques, 3rd ed., section
 * 6.5). For the mean, {@code y_i} is the sum of a group. For a quantile it is the number of values up to it, and the
 * interval runs from the quantile of {@code p - t s} to that of {@code p + t s} (Woodruff 1952, Journal of the American
 * Statistical Association 47(260):635-646).
 */
public final class ClusteredSample {
    private final List<double[]> groups;
    private final double[] all;

    /**
     * Takes the groups, of which some may be empty.
     *
     * @throws IllegalArgumentException if there is no value or one is NaN
     */
    public ClusteredSample(List<double[]> groups) {
        this.groups = groups.stream().map(double[]::clone).toList();
        this.all = groups.stream().flatMapToDouble(Arrays::stream).toArray();
        if (all.length == 0 || Arrays.stream(all).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("a sample needs values, none of them NaN");
        }
    }

    /** The mean of all values. */
    public double mean() {
        return Arrays.stream(all).sum() / all.length;
    }

    /** The quantile of all values; see {@link Quantiles#quantile}. */
    public double quantile(double probability) {
        return new Quantiles(all).quantile(probability);
    }

    /** Interval of the mean; absent below two groups. */
    public Optional<Interval> meanInterval(double confidence) {
        double mean = mean();
        double[] residuals = groups.stream()
                .mapToDouble(group -> Arrays.stream(group).sum() - mean * group.length)
                .toArray();
        return halfWidth(residuals, confidence).map(half -> new Interval(mean - half, mean + half, confidence));
    }

    /** Interval of a quantile; absent below two groups and where the values do not reach far enough into the tail. */
    public Optional<Interval> quantileInterval(double probability, double confidence) {
        double at = quantile(probability);
        double[] residuals = groups.stream()
                .mapToDouble(group ->
                        Arrays.stream(group).filter(value -> value <= at).count() - probability * group.length)
                .toArray();
        return halfWidth(residuals, confidence)
                .filter(half -> probability - half >= 0 && probability + half <= 1)
                .map(half -> new Interval(quantile(probability - half), quantile(probability + half), confidence));
    }

    private Optional<Double> halfWidth(double[] residuals, double confidence) {
        Interval.requireConfidence(confidence);
        int n = residuals.length;
        if (n < 2) {
            return Optional.empty();
        }
        double squares =
                Arrays.stream(residuals).map(residual -> residual * residual).sum();
        double error = Math.sqrt(n / (n - 1.0) * squares) / all.length;
        return Optional.of(TDistribution.of(n - 1.0).inverseCumulativeProbability((1 + confidence) / 2) * error);
    }
}
