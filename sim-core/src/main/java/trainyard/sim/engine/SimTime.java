package trainyard.sim.engine;

/**
 * Conversion between the seconds of the cost models and the whole nanoseconds of the engine. A {@code long} of
 * nanoseconds spans 292 years.
 */
public final class SimTime {
    /** Nanoseconds in a second. */
    public static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The first double that is too large for a {@code long}: 2^63. */
    private static final double LONG_LIMIT = 0x1p63;

    private SimTime() {}

    /**
     * The least whole number of nanoseconds that is not shorter than a duration, so that nothing completes early. A
     * product within one unit in the last place of a whole number is that number: 50 us is 50,000 ns, however the
     * double nearest to 5e-5 is rounded.
     *
     * @param seconds 0 or more, at most 292 years
     * @throws IllegalArgumentException if the duration is negative, not a number, or too long
     */
    public static long nanos(double seconds) {
        double exact = seconds * NANOS_PER_SECOND;
        if (!(exact >= 0 && exact < LONG_LIMIT)) {
            throw new IllegalArgumentException("duration (" + seconds + " s) must be from 0 to 292 years");
        }
        double nearest = Math.rint(exact);
        return (long) (Math.abs(exact - nearest) <= Math.ulp(exact) ? nearest : Math.ceil(exact));
    }

    /** A time or duration in seconds; exact below 2^53 ns (104 days), else rounded to the nearest double. */
    public static double seconds(long nanos) {
        return nanos / (double) NANOS_PER_SECOND;
    }
}
