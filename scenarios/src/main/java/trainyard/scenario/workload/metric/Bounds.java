package trainyard.scenario.workload.metric;

/**
 * What values a metric can have. The interval of an estimate ends there: Student's t knows nothing of them, and would leave
 * room for a wait below 0 where replications are few.
 *
 * @param low the least value that is possible, in base units; minus infinity where there is none
 * @param high the greatest; infinity where there is none
 */
public record Bounds(double low, double high) {

    /** A value with a sign, such as what one time adds to another. */
    public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** A time, an amount, a count, or a ratio of such. */
    public static final Bounds NOT_NEGATIVE = new Bounds(0, Double.POSITIVE_INFINITY);

    /** A ratio to the least that there can be. */
    public static final Bounds FROM_ONE = new Bounds(1, Double.POSITIVE_INFINITY);

    /** A part over its whole. */
    public static final Bounds SHARE = new Bounds(0, 1);

    public Bounds {
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high, got " + low + " and " + high);
        }
    }

    /** The nearest value that is possible. */
    public double nearest(double value) {
        return Math.max(low, Math.min(high, value));
    }
}
