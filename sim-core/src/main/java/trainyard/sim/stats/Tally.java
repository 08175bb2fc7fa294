package trainyard.sim.stats;

/**
 * Count, mean, variance, least and greatest of a series, without keeping it. The mean and the sum of squares are updated
 * by the recurrence of Welford (1962, Technometrics 4(3):419-420), which loses no digits to cancellation. The result
 * depends on the order of the values in the last bits only.
 */
public final class Tally {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** A tally of given values. */
    public static Tally of(double... values) {
        Tally tally = new Tally();
        for (double value : values) {
            tally.add(value);
        }
        return tally;
    }

    /**
     * Counts a value.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value (" + value + ") must be finite");
        }
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** How many values were counted. */
    public long count() {
        return count;
    }

    /** The mean; NaN if there is no value. */
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** The unbiased variance, with {@code n - 1}; NaN below two values. */
    public double variance() {
        return count < 2 ? Double.NaN : squares / (count - 1);
    }

    /** The square root of the variance. */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /** The sum of all values. */
    public double sum() {
        return mean * count;
    }

    /** The least value; positive infinity if there is none. */
    public double min() {
        return min;
    }

    /** The greatest value; negative infinity if there is none. */
    public double max() {
        return max;
    }
}
