package trainyard.scenario.workload.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.forecast.PlannedDemand;
import trainyard.sim.units.Dimension;

/** How well a forecast does, and what it foresees. */
final class ForecastMetrics {

    private static final int MONTH_DAYS = 30;

    static final Metric ERROR = Metrics.ratio(
            "forecast.error",
            Better.LOWER,
            "Back-test: the mean of |wanted - expected| / wanted over the planned days that the jobs themselves reach, in GPUs of a day.");
    static final Metric NAIVE_ERROR = Metrics.ratio(
            "forecast.error.naive", Better.LOWER, "The same of each day as the same day of the last fitted week.");
    static final Metric COVERAGE = Metrics.share(
            "forecast.coverage",
            Better.NEITHER,
            "Back-test: share of these days that lie within the band; right is what `level` states.");
    static final Metric GROWTH = Metrics.change(
            "forecast.growth", Better.NEITHER, "Growth of the demand in 30 days by the trend; 0 without a trend.");
    static final Metric MEAN =
            gpus("forecast.gpus", "GPUs that the forecast expects to be wanted in the mean over the planned days.");
    static final Metric MOST =
            gpus("forecast.gpus.most", "Upper end of the band on the planned day that may want most, in GPUs.");

    private ForecastMetrics() {}

    static List<Metric> all() {
        return List.of(ERROR, NAIVE_ERROR, COVERAGE, GROWTH, MEAN, MOST);
    }

    static Map<Metric, Double> of(PlannedDemand planned) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        planned.error().ifPresent(error -> numbers.put(ERROR, error));
        planned.naiveError().ifPresent(error -> numbers.put(NAIVE_ERROR, error));
        planned.coverage().ifPresent(share -> numbers.put(COVERAGE, share));
        numbers.put(GROWTH, Math.pow(planned.growthPerDay(), MONTH_DAYS) - 1);
        numbers.put(MEAN, planned.mean());
        numbers.put(MOST, planned.most());
        return numbers;
    }

    private static Metric gpus(String name, String doc) {
        return new Metric(name, Dimension.NUMBER, "GPUs", 1, Bounds.NOT_NEGATIVE, Better.NEITHER, doc);
    }
}
