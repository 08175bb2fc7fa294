package trainyard.scenario.workload.metric;

import java.util.List;

/**
 * A unit of times in tables and charts, and the one rule by which it is chosen.
 *
 * @param symbol what stands behind a number, such as {@code ms}
 * @param seconds how many seconds it is
 */
public record DurationUnit(String symbol, double seconds) {

    public static final DurationUnit MICROSECOND = new DurationUnit("us", 1e-6);
    public static final DurationUnit MILLISECOND = new DurationUnit("ms", 1e-3);
    public static final DurationUnit SECOND = new DurationUnit("s", 1);
    public static final DurationUnit MINUTE = new DurationUnit("min", 60);
    public static final DurationUnit HOUR = new DurationUnit("h", 3_600);
    public static final DurationUnit DAY = new DurationUnit("d", 86_400);

    private static final List<DurationUnit> FROM_MINUTES = List.of(DAY, HOUR, MINUTE);

    /** Few whole units say less than many of the next smaller one: 150 s rather than 2.5 min. */
    private static final double FEWEST = 3;

    /** From as many on, digits are counted rather than read. */
    private static final double MOST = 1_000;

    /** The unit for times from 0 to a number of seconds, 0 included; seconds for what is no number. */
    public static DurationUnit upTo(double mostSeconds) {
        if (!(mostSeconds > 0) || Double.isInfinite(mostSeconds)) {
            return SECOND;
        }
        for (DurationUnit unit : FROM_MINUTES) {
            if (mostSeconds > FEWEST * unit.seconds) {
                return unit;
            }
        }
        if (mostSeconds >= SECOND.seconds) {
            return SECOND;
        }
        return mostSeconds >= MILLISECOND.seconds ? MILLISECOND : MICROSECOND;
    }

    /** Whether times up to a number of seconds can be read in this unit: at least one of it, and less than a thousand. */
    boolean suits(double mostSeconds) {
        return mostSeconds >= seconds && mostSeconds < MOST * seconds;
    }

    /** A time in this unit. */
    public double of(double inSeconds) {
        return inSeconds / seconds;
    }
}
