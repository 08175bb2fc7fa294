package trainyard.sim.stats;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Quantiles of a sample, kept whole and sorted: exact, for up to some millions of values. */
public final class Quantiles {
    /** Positions so near to a whole number are one, but for rounding. */
    private static final double WHOLE = 1e-9;

    private final double[] sorted;

    /**
     * Takes a sample in any order.
     *
     * @param values at least one, none of them NaN
     */
    public Quantiles(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values must not be empty");
        }
        this.sorted = values.clone();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("values must not contain NaN");
        }
    }

    /**
     * The quantile by linear interpolation between order statistics at {@code (n - 1) p} (type 7 of Hyndman and Fan 1996,
     * The American Statistician 50(4):361-365, the default of R and NumPy).
     *
     * @param probability from 0 (least value) to 1 (greatest)
     * @return infinite where it lies beyond the last finite value
     */
    public double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability (" + probability + ") must be from 0 to 1");
        }
        double position = (sorted.length - 1) * probability;
        int nearest = (int) Math.rint(position);
        // At a value nothing is interpolated: a share of an infinite neighbour would be infinite or NaN.
        if (Math.abs(position - nearest) < WHOLE) {
            return sorted[nearest];
        }
        double low = sorted[(int) position];
        double high = sorted[(int) position + 1];
        return low == high ? low : low + (position - (int) position) * (high - low);
    }

    /** The value that half of them are at most, in their unit. */
    public double median() {
        return quantile(0.5);
    }

    /**
     * An interval for the quantile of the population between two order statistics, for independent values of any
     * distribution. The number of values below the quantile is binomial (n, p), so the interval from the r-th to the
     * s-th value covers it with {@code P(r <= B < s)}; r and s are taken so that each tail has at most
     * {@code (1 - confidence) / 2} (David and Nagaraja, Order Statistics, 3rd ed., section 7.1). Coverage is at least the
     * confidence.
     *
     * @return absent if the sample is too small for the confidence
     */
    public Optional<Interval> interval(double probability, double confidence) {
        Interval.requireConfidence(confidence);
        BinomialDistribution below = BinomialDistribution.of(sorted.length, probability);
        double tail = (1 - confidence) / 2;
        int low = below.inverseCumulativeProbability(tail);
        int high = below.inverseSurvivalProbability(tail) + 1;
        boolean covered = low >= 1 && high <= sorted.length;
        return covered ? Optional.of(new Interval(sorted[low - 1], sorted[high - 1], confidence)) : Optional.empty();
    }
}
