package trainyard.scheduler.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

class ForecasterTest {

    private static final double[] WEEK = {1, 1.2, 1.1, 1.3, 0.9, 0.5, 0.4};

    private static DailyDemand demand(int days, IntToDoubleFunction gpus) {
        return new DailyDemand(
                IntStream.range(0, days).mapToObj(gpus::applyAsDouble).toList());
    }

    private static double steady(int day) {
        return 100 * Math.pow(1.01, day) * WEEK[day % 7];
    }

    @Test
    void aTrendWithTheShapeOfAWeekIsFoundAsItIs() {
        DailyDemand history = demand(70, ForecasterTest::steady);

        DemandForecast forecast = new TrendAndSeason().forecast(history, 14, 0.9);

        for (int day = 0; day < 14; day++) {
            DemandForecast.Day one = forecast.days().get(day);
            assertEquals(steady(70 + day), one.expected(), 1e-6);
            assertEquals(0, one.high() - one.low(), 1e-6);
        }
        assertEquals(1.01, new TrendAndSeason().growthPerDay(history), 1e-9);
    }

    /** Of 3,000 days, a band of 80 % holds 80 %, give or take four standard errors of 0.7 points. */
    @Test
    void theBandHoldsWhatItsLevelStates() {
        UniformRandomProvider random = new RandomStreams(3, 0).stream("noise");
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int held = 0;
        double ratio = 0;
        for (int trial = 0; trial < 3_000; trial++) {
            DailyDemand days = demand(36, day -> steady(day) * Math.exp(0.2 * normal.sample()));
            DemandForecast forecast = new TrendAndSeason().forecast(days.between(0, 28), 8, 0.8);
            DemandForecast last = forecast.between(7, 8);
            held += last.coverage(days.between(35, 36)).orElseThrow() == 1 ? 1 : 0;
            ratio += last.days().get(0).expected() / (steady(35) * Math.exp(0.02)) / 3_000;
        }
        assertEquals(0.8, held / 3_000.0, 0.028);
        // The fit of day 35 has the variance 0.04 h with h = 1/4 + (35 - 10.5)^2 / 1715 = 0.6. It raises the mean of
        // the exponential of
        // the fit by exp(0.04 h / 2), and what is added for it as much again; four standard errors are 0.0113.
        assertEquals(Math.exp(0.04 * 0.6), ratio, 0.0113);
    }

    @Test
    void aDayWithoutDemandHasNoLogarithm() {
        DailyDemand history = demand(30, day -> day == 17 ? 0 : 5);

        UnfitHistoryException unfit =
                assertThrows(UnfitHistoryException.class, () -> new TrendAndSeason().forecast(history, 1, 0.8));
        assertTrue(unfit.getMessage().contains("day 17"), unfit.getMessage());
    }

    /** One GPU more each week: s = 1, and 90 % of a normal law lie within 1.645 of its deviations. */
    @Test
    void naiveIsTheLastWeekWithABandThatGrowsByTheRootOfTheWeeks() {
        DailyDemand history = demand(28, day -> 10 + day % 7 + day / 7);

        DemandForecast forecast = new SeasonalNaive().forecast(history, 15, 0.9);

        assertEquals(13, forecast.days().get(0).expected());
        assertEquals(19, forecast.days().get(6).expected());
        assertEquals(13, forecast.days().get(14).expected());
        assertEquals(13 - 1.6448536, forecast.days().get(0).low(), 1e-6);
        assertEquals(13 + 1.6448536 * Math.sqrt(3), forecast.days().get(14).high(), 1e-6);
    }

    /** 10 against 12 and 20 against 15 are off by 20 % and 25 %; nothing against 3 has no percentage. */
    @Test
    void errorAndCoverageAreThoseWorkedOutByHand() {
        DemandForecast forecast = new DemandForecast(List.of(
                new DemandForecast.Day(12, 9, 14),
                new DemandForecast.Day(15, 12, 18),
                new DemandForecast.Day(3, 1, 4)));
        DailyDemand wanted = new DailyDemand(List.of(10.0, 20.0, 0.0));

        assertEquals(0.225, forecast.error(wanted).orElseThrow(), 1e-12);
        assertEquals(1 / 3.0, forecast.coverage(wanted).orElseThrow(), 1e-12);
        assertTrue(forecast.error(new DailyDemand(List.of())).isEmpty());
    }
}
