package trainyard.scenario.verify.faults.trace;

import java.util.OptionalDouble;
import trainyard.faults.trace.CapacitySeries;

/** Statistics of a series of spot capacity; times in hours. */
final class CapacityMetrics implements TraceMetrics {

    private static final double SECONDS_PER_HOUR = 3_600;

    private final CapacitySeries series;

    CapacityMetrics(CapacitySeries series) {
        this.series = series;
    }

    @Override
    public OptionalDouble value(String metric) {
        return switch (metric) {
            case "mean_capacity_fraction" -> OptionalDouble.of(series.meanCapacityFraction());
            case "mean_up_run" -> SampleMetrics.ofSample("mean", hours(true));
            case "mean_down_run" -> SampleMetrics.ofSample("mean", hours(false));
            case "median_up_run" -> SampleMetrics.ofSample("median", hours(true));
            case "median_down_run" -> SampleMetrics.ofSample("median", hours(false));
            case "up_runs" -> OptionalDouble.of(hours(true).length);
            case "down_runs" -> OptionalDouble.of(hours(false).length);
            case "max" -> OptionalDouble.of(series.most());
            case "gap" -> OptionalDouble.of(series.gapSeconds());
            case "span" -> OptionalDouble.of(series.counts().size() * series.gapSeconds() / SECONDS_PER_HOUR);
            default -> OptionalDouble.empty();
        };
    }

    private double[] hours(boolean up) {
        return series.runSeconds(up).stream()
                .mapToDouble(seconds -> seconds / SECONDS_PER_HOUR)
                .toArray();
    }
}
