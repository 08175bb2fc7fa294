package trainyard.scheduler.forecast;

import java.util.Collections;
import java.util.List;
import trainyard.scheduler.workload.ArrivalRate;

/**
 * A rate for each day with a shape within the day. After the last day it stays as on that.
 *
 * @param perSecondByDay mean rates, at least one of them above 0
 * @param shape rate of each of 24 hours over that of its day, 1 in the mean
 */
record ForecastRate(List<Double> perSecondByDay, List<Double> shape) implements ArrivalRate {

    /** Hours of a day. */
    static final int HOURS = 24;

    /** Seconds. */
    private static final double HOUR = DailyDemand.DAY / HOURS;

    ForecastRate {
        perSecondByDay = List.copyOf(perSecondByDay);
        shape = List.copyOf(shape);
        if (perSecondByDay.isEmpty() || shape.size() != HOURS) {
            throw new IllegalArgumentException(
                    "some days and 24 hours are needed, got " + perSecondByDay.size() + " and " + shape.size());
        }
    }

    @Override
    public double perSecond(double seconds) {
        int day = (int) Math.min(seconds / DailyDemand.DAY, perSecondByDay.size() - 1.0);
        return perSecondByDay.get(day) * shape.get(hour(seconds));
    }

    /** Which hour of the day it is, 0 to 23. */
    static int hour(double seconds) {
        return (int) (seconds / HOUR) % HOURS;
    }

    @Override
    public double most(double seconds) {
        return Collections.max(perSecondByDay) * Collections.max(shape);
    }
}
