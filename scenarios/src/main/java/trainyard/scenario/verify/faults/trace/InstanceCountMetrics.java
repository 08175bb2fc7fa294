package trainyard.scenario.verify.faults.trace;

import java.util.OptionalDouble;
import trainyard.faults.trace.InstanceCounts;

/** Statistics of a count of instances over time; times in hours. */
final class InstanceCountMetrics implements TraceMetrics {

    private static final double SECONDS_PER_HOUR = 3_600;

    private final InstanceCounts counts;

    InstanceCountMetrics(InstanceCounts counts) {
        this.counts = counts;
    }

    @Override
    public OptionalDouble value(String metric) {
        return switch (metric) {
            case "rows" -> OptionalDouble.of(counts.points().size());
            case "span" -> OptionalDouble.of(counts.spanSeconds() / SECONDS_PER_HOUR);
            case "max_nodes" -> OptionalDouble.of(counts.most());
            case "time_avg_nodes" -> OptionalDouble.of(counts.instanceSeconds() / counts.spanSeconds());
            default -> OptionalDouble.empty();
        };
    }
}
