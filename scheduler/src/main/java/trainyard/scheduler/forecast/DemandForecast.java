package trainyard.scheduler.forecast;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * GPUs that jobs are expected to want.
 *
 * @param days one after another
 */
public record DemandForecast(List<Day> days) {

    /**
     * A day.
     *
     * @param expected GPUs in the mean
     * @param low lower end of the band in which the day lies with the level that was asked for
     * @param high its upper end
     */
    public record Day(double expected, double low, double high) {}

    public DemandForecast {
        days = List.copyOf(days);
    }

    /**
     * Days from one on, counted from 0, until the one before another.
     *
     * @throws IndexOutOfBoundsException if it has not so many
     */
    public DemandForecast between(int from, int to) {
        return new DemandForecast(days.subList(from, to));
    }

    /**
     * Mean absolute percentage error: the mean of {@code |wanted - expected| / wanted} over the days on which anything was
     * wanted, as a fraction; empty without such a day.
     */
    public OptionalDouble error(DailyDemand wanted) {
        return covered(wanted)
                .filter(day -> wanted.gpus().get(day) > 0)
                .mapToDouble(
                        day -> Math.abs(wanted.gpus().get(day) - days.get(day).expected())
                                / wanted.gpus().get(day))
                .average();
    }

    /** Share of the days whose demand lies within the band; empty without a day. */
    public OptionalDouble coverage(DailyDemand wanted) {
        return covered(wanted)
                .mapToDouble(day -> within(days.get(day), wanted.gpus().get(day)) ? 1 : 0)
                .average();
    }

    private IntStream covered(DailyDemand wanted) {
        return IntStream.range(0, Math.min(days.size(), wanted.days()));
    }

    private static boolean within(Day day, double gpus) {
        return gpus >= day.low() && gpus <= day.high();
    }
}
