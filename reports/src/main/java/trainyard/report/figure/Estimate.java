package trainyard.report.figure;

/**
 * A value with its confidence interval. An exact value has an interval of zero width.
 *
 * @param value the best estimate
 * @param low lower end of the interval, at most {@code value}
 * @param high upper end of the interval, at least {@code value}
 */
public record Estimate(double value, double low, double high) {

    public Estimate {
        Require.finite(value, "value");
        Require.finite(low, "low");
        Require.finite(high, "high");
        Require.that(
                low <= value && value <= high,
                "interval [" + low + ", " + high + "] must contain its estimate " + value);
    }

    /** A value without uncertainty. */
    public static Estimate exact(double value) {
        return new Estimate(value, value, value);
    }

    /** True when the interval has zero width. */
    public boolean isExact() {
        return low == high;
    }
}
