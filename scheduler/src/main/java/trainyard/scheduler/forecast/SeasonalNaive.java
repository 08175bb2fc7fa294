package trainyard.scheduler.forecast;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Every day as the same day of the last week was: what a forecast has to beat. With {@code s} the root mean square of the
 * differences to the week before, a day in the {@code k}-th week ahead lies within {@code z s sqrt(k)} (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 3rd edition 2021, sections 5.2 and 5.5).
 */
public record SeasonalNaive() implements Forecaster {

    private static final int WEEK = 7;

    @Override
    public DemandForecast forecast(DailyDemand history, int days, double level) {
        List<Double> past = history.gpus();
        double squares = 0;
        for (int day = WEEK; day < past.size(); day++) {
            squares += Math.pow(past.get(day) - past.get(day - WEEK), 2);
        }
        double deviation = Math.sqrt(squares / (past.size() - WEEK));
        double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + level) / 2);
        List<DemandForecast.Day> ahead = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            double expected = past.get(past.size() - WEEK + day % WEEK);
            double half = z * deviation * Math.sqrt(day / WEEK + 1);
            ahead.add(new DemandForecast.Day(expected, Math.max(0, expected - half), expected + half));
        }
        return new DemandForecast(ahead);
    }
}
