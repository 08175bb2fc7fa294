package trainyard.scenario.verify.faults.trace;

import java.util.OptionalDouble;
import trainyard.faults.trace.MembershipTrace;

/** Statistics of nodes that come and go; times in hours. */
final class MembershipMetrics implements TraceMetrics {

    private static final double SECONDS_PER_HOUR = 3_600;

    private final MembershipTrace trace;

    MembershipMetrics(MembershipTrace trace) {
        this.trace = trace;
    }

    @Override
    public OptionalDouble value(String metric) {
        return switch (metric) {
            case "span" -> OptionalDouble.of(trace.spanSeconds() / SECONDS_PER_HOUR);
            case "preemptions" -> OptionalDouble.of(trace.count(MembershipTrace.Kind.REMOVE));
            case "adds" -> OptionalDouble.of(trace.count(MembershipTrace.Kind.ADD));
            case "max_nodes" -> OptionalDouble.of(trace.mostNodes());
            case "time_avg_nodes" -> OptionalDouble.of(trace.nodeSeconds() / trace.spanSeconds());
            case "preemption_rate" ->
                OptionalDouble.of(SECONDS_PER_HOUR * trace.count(MembershipTrace.Kind.REMOVE) / trace.nodeSeconds());
            case "rows" -> OptionalDouble.of(trace.events().size());
            default -> OptionalDouble.empty();
        };
    }
}
