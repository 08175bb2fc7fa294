package trainyard.scenario.verify.faults.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.faults.trace.ConcurrentFaults;
import trainyard.faults.trace.FaultInterval;
import trainyard.faults.trace.NodeFaultTrace;

/** Statistics of the faults of a cluster with start and end; times in hours. */
final class NodeFaultMetrics implements TraceMetrics {

    /** Servers of the StepFun trace, which names only those with faults (README of InfiniteHBD-Trace). */
    static final int STEPFUN_NODES = 400;

    private static final double HOURS_PER_DAY = 24;
    private static final Pattern TOP = Pattern.compile("share_faults_top(\\d{1,2})pct_nodes");
    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2})");
    private static final String CONCURRENT = "concurrent_faulty_nodes_";

    private final NodeFaultTrace trace;
    private final int nodes;

    NodeFaultMetrics(NodeFaultTrace trace, int nodes) {
        this.trace = trace;
        this.nodes = nodes;
    }

    @Override
    public OptionalDouble value(String metric) {
        List<FaultInterval> faults = trace.intervals();
        if (metric.startsWith("repair_")) {
            return SampleMetrics.ofSample(metric.substring("repair_".length()), hours());
        }
        if (metric.startsWith("interarrival_")) {
            return SampleMetrics.ofGaps(metric.substring("interarrival_".length()), starts());
        }
        if (metric.startsWith(CONCURRENT)) {
            return concurrent(metric.substring(CONCURRENT.length()));
        }
        Matcher top = TOP.matcher(metric);
        if (top.matches()) {
            return OptionalDouble.of(shareOfWorst(Integer.parseInt(top.group(1)) / 100.0));
        }
        return switch (metric) {
            case "nodes" -> OptionalDouble.of(nodes);
            case "faulty_nodes", "distinct_faulty_nodes", "nodes_with_faults" ->
                OptionalDouble.of(faultsByNode().size());
            case "faults", "intervals", "fault_intervals", "records" -> OptionalDouble.of(faults.size());
            case "span_days", "span", "window_days" -> OptionalDouble.of(trace.spanDays());
            case "rate_per_1000_node_days" -> OptionalDouble.of(1_000.0 * faults.size() / nodes / trace.spanDays());
            case "mtbf" -> SampleMetrics.ofGaps("mtbf", starts());
            case "mean_unavailable_fraction" ->
                OptionalDouble.of(ConcurrentFaults.of(trace).mean() / nodes);
            default -> OptionalDouble.empty();
        };
    }

    private double[] hours() {
        return trace.intervals().stream().mapToDouble(FaultInterval::hours).toArray();
    }

    private double[] starts() {
        return trace.intervals().stream()
                .mapToDouble(fault -> HOURS_PER_DAY * fault.startDays())
                .toArray();
    }

    private OptionalDouble concurrent(String statistic) {
        ConcurrentFaults down = ConcurrentFaults.of(trace);
        Matcher percentile = PERCENTILE.matcher(statistic);
        if (percentile.matches()) {
            return OptionalDouble.of(down.quantile(Integer.parseInt(percentile.group(1)) / 100.0));
        }
        return switch (statistic) {
            case "max" -> OptionalDouble.of(down.most());
            case "mean" -> OptionalDouble.of(down.mean());
            default -> OptionalDouble.empty();
        };
    }

    private double shareOfWorst(double share) {
        long worst = faultsByNode().values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(Math.round(share * nodes))
                .mapToLong(Long::longValue)
                .sum();
        return (double) worst / trace.intervals().size();
    }

    private Map<String, Long> faultsByNode() {
        return trace.intervals().stream().collect(Collectors.groupingBy(FaultInterval::node, Collectors.counting()));
    }
}
