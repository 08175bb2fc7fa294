package trainyard.scheduler.workload;

/**
 * Jobs that come by day more than by night: {@code mean x (1 + swing x cos(2 pi (t - peak) / day))}, and on two of seven days
 * that times a factor. Time 0 is midnight before the first of five working days.
 *
 * @param perSecond mean rate on working days, above 0
 * @param swing how far it swings about its mean, from 0 to 1
 * @param peakSeconds time of day of the highest rate
 * @param weekendFactor rate on weekends over that of working days, 0 or more
 */
public record DailyRate(double perSecond, double swing, double peakSeconds, double weekendFactor)
        implements ArrivalRate {

    private static final double DAY = 86_400;
    private static final int WORKING_DAYS = 5;
    private static final int WEEK = 7;

    public DailyRate {
        if (!(perSecond > 0) || !(swing >= 0 && swing <= 1) || !(weekendFactor >= 0)) {
            throw new IllegalArgumentException(
                    "a rate above 0 swings by 0 to 1, and weekends have a factor of 0 or more, got " + perSecond + ", "
                            + swing + " and " + weekendFactor);
        }
    }

    @Override
    public double perSecond(double seconds) {
        double day = Math.floor(seconds / DAY) % WEEK;
        double hours = 1 + swing * Math.cos(2 * Math.PI * (seconds - peakSeconds) / DAY);
        return perSecond * hours * (day < WORKING_DAYS ? 1 : weekendFactor);
    }

    @Override
    public double most(double seconds) {
        return perSecond * (1 + swing) * Math.max(1, weekendFactor);
    }
}
