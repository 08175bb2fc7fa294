package trainyard.faults.trace;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When which nodes of a cluster could not be used, the form to which all traces of nodes come. Outages of one node that
 * overlap or touch are one, of the cause of the first.
 *
 * @param outages by start
 * @param nodes nodes of the cluster, those without an outage included
 * @param spanSeconds time that the trace covers, positive
 */
public record OutageTrace(List<Outage> outages, int nodes, double spanSeconds) {

    private static final double SECONDS_PER_MINUTE = 60;

    public OutageTrace {
        if (!(spanSeconds > 0 && spanSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a trace covers some time, got " + spanSeconds + " s");
        }
        for (Outage outage : outages) {
            if (outage.node() >= nodes || outage.endSeconds() > spanSeconds) {
                throw new IllegalArgumentException(
                        outage + " does not lie in a trace of " + nodes + " nodes over " + spanSeconds + " s");
            }
        }
        outages = union(outages);
    }

    private static List<Outage> union(List<Outage> outages) {
        Map<Integer, Outage> open = new HashMap<>();
        List<Outage> united = new ArrayList<>();
        outages.stream().sorted(order()).forEach(next -> {
            Outage last = open.get(next.node());
            if (last == null || next.startSeconds() > last.endSeconds()) {
                open.put(next.node(), next);
                if (last != null) {
                    united.add(last);
                }
            } else {
                double end = Math.max(last.endSeconds(), next.endSeconds());
                open.put(next.node(), new Outage(last.node(), last.startSeconds(), end, last.cause()));
            }
        });
        united.addAll(open.values());
        united.sort(order());
        return List.copyOf(united);
    }

    private static Comparator<Outage> order() {
        return Comparator.comparingDouble(Outage::startSeconds).thenComparingInt(Outage::node);
    }

    /**
     * The faults of nodes, numbered in the order in which they first failed.
     *
     * @param nodes nodes of the cluster, which the trace does not state
     * @throws TraceException if more nodes failed than that
     */
    public static OutageTrace of(NodeFaultTrace trace, int nodes, String name) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Outage> outages = new ArrayList<>();
        for (FaultInterval fault : trace.intervals()) {
            int node = numbers.computeIfAbsent(fault.node(), key -> numbers.size());
            outages.add(new Outage(
                    node,
                    fault.startDays() * TraceTimes.SECONDS_PER_DAY,
                    fault.endDays() * TraceTimes.SECONDS_PER_DAY,
                    fault.part()));
        }
        return new OutageTrace(
                outages, enough(nodes, numbers.size(), name), trace.spanDays() * TraceTimes.SECONDS_PER_DAY);
    }

    /** Instances that come and go, each in the first free place; a place without one is out of use. */
    public static OutageTrace of(MembershipTrace trace) {
        return InstanceSlots.of(trace, 0);
    }

    /**
     * The same of instances that can be used some time after they come, those of the first moment at once.
     *
     * @param creationSeconds 0 or more
     */
    public static OutageTrace of(MembershipTrace trace, double creationSeconds) {
        return InstanceSlots.of(trace, creationSeconds);
    }

    /** Numbers of instances over time; the last place empties first. */
    public static OutageTrace of(InstanceCounts trace) {
        return InstanceSlots.of(trace);
    }

    /** Numbers of instances at ticks, each up to the next; the last place empties first. */
    public static OutageTrace of(CapacitySeries series) {
        return InstanceSlots.of(series);
    }

    /**
     * The failures of one system, from the first start on. A failure whose node the log does not state is left out.
     *
     * @throws TraceException if the log has none of that system
     */
    public static OutageTrace of(FailureLog log, int system, String name) {
        List<FailureLog.Entry> entries = log.ofSystem(system).records().stream()
                .filter(entry -> entry.node().isPresent())
                .toList();
        LocalDateTime origin = entries.stream()
                .map(FailureLog.Entry::started)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new TraceException(name + ":1: no failure of system " + system + " names a node"));
        List<Outage> outages = new ArrayList<>();
        double span = 1;
        int nodes = 1;
        for (FailureLog.Entry entry : entries) {
            int node = entry.node().orElseThrow();
            double start = Duration.between(origin, entry.started()).toSeconds();
            double end = start + entry.downMinutes() * SECONDS_PER_MINUTE;
            outages.add(new Outage(node, start, end, entry.cause().orElse("unknown")));
            span = Math.max(span, end);
            nodes = Math.max(nodes, Math.max(node + 1, entry.nodes().orElse(1)));
        }
        return new OutageTrace(outages, nodes, span);
    }

    static int enough(int nodes, int seen, String name) {
        if (seen > nodes) {
            throw new TraceException(name + ":1: the trace has " + seen + " nodes, more than the " + nodes + " stated");
        }
        return nodes;
    }

    /**
     * The outages of a trace that begins again at its end: one that lasts up to the end and one of the same node from the origin on are
     * one, of the cause of the first, which ends behind the span.
     */
    public List<Outage> goingRound() {
        Map<Integer, Outage> fromOrigin = new HashMap<>();
        Map<Integer, Outage> toEnd = new HashMap<>();
        for (Outage outage : outages) {
            if (outage.startSeconds() == 0 && outage.endSeconds() < spanSeconds) {
                fromOrigin.put(outage.node(), outage);
            } else if (outage.startSeconds() > 0 && outage.endSeconds() == spanSeconds) {
                toEnd.put(outage.node(), outage);
            }
        }
        toEnd.keySet().retainAll(fromOrigin.keySet());
        fromOrigin.keySet().retainAll(toEnd.keySet());
        return outages.stream()
                .filter(outage -> !outage.equals(fromOrigin.get(outage.node())))
                .map(outage -> outage.equals(toEnd.get(outage.node()))
                        ? overTheEnd(outage, fromOrigin.get(outage.node()))
                        : outage)
                .toList();
    }

    private Outage overTheEnd(Outage last, Outage first) {
        return new Outage(last.node(), last.startSeconds(), spanSeconds + first.endSeconds(), last.cause());
    }

    /** Nodes times seconds of all outages. */
    public double outageSeconds() {
        return outages.stream().mapToDouble(Outage::seconds).sum();
    }
}
