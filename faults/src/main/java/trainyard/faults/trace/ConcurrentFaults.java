package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many nodes of a trace are out of service at once. Overlapping faults of one node count once.
 *
 * @param daysByCount days that a number of nodes was out of service, from day 0 to the end of the trace
 */
public record ConcurrentFaults(SortedMap<Integer, Double> daysByCount) {

    /** Counts them. */
    public static ConcurrentFaults of(NodeFaultTrace trace) {
        List<Change> changes = new ArrayList<>();
        Map<String, List<FaultInterval>> byNode = new LinkedHashMap<>();
        trace.intervals()
                .forEach(fault -> byNode.computeIfAbsent(fault.node(), node -> new ArrayList<>())
                        .add(fault));
        byNode.values().forEach(faults -> addUnion(faults, changes));
        changes.sort(Comparator.comparingDouble(Change::day));
        SortedMap<Integer, Double> days = new TreeMap<>();
        double last = 0;
        int count = 0;
        for (Change change : changes) {
            days.merge(count, change.day() - last, Double::sum);
            count += change.difference();
            last = change.day();
        }
        days.merge(count, trace.spanDays() - last, Double::sum);
        return new ConcurrentFaults(days);
    }

    private record Change(double day, int difference) {}

    /** The faults of one node come by start. */
    private static void addUnion(List<FaultInterval> faults, List<Change> changes) {
        double start = faults.get(0).startDays();
        double end = faults.get(0).endDays();
        for (FaultInterval fault : faults) {
            if (fault.startDays() > end) {
                changes.add(new Change(start, 1));
                changes.add(new Change(end, -1));
                start = fault.startDays();
                end = fault.endDays();
            }
            end = Math.max(end, fault.endDays());
        }
        changes.add(new Change(start, 1));
        changes.add(new Change(end, -1));
    }

    /** The least number of nodes that is not exceeded during a share of the time. */
    public int quantile(double share) {
        double sum = 0;
        double total = days();
        for (Map.Entry<Integer, Double> entry : daysByCount.entrySet()) {
            sum += entry.getValue();
            if (sum >= share * total) {
                return entry.getKey();
            }
        }
        return most();
    }

    /** Most nodes at once, for however short a time. */
    public int most() {
        return daysByCount.lastKey();
    }

    /** Mean number of nodes over time. */
    public double mean() {
        double sum = 0;
        for (Map.Entry<Integer, Double> entry : daysByCount.entrySet()) {
            sum += entry.getKey() * entry.getValue();
        }
        return sum / days();
    }

    private double days() {
        return daysByCount.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
