package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Nodes that come and go: rows {@code time_ms,add|remove,node}, ascending in time, of Bamboo (NSDI 2023), Oobleck (SOSP
 * 2023) and Parcae (NSDI 2024).
 *
 * @param events at least one, in the order of the file
 */
public record MembershipTrace(List<Event> events) {

    private static final double MILLISECONDS = 1e3;

    public MembershipTrace {
        events = List.copyOf(events);
    }

    /** What happened to a node. */
    public enum Kind {
        /** It joined. */
        ADD,
        /** It was taken away. */
        REMOVE
    }

    /**
     * One change.
     *
     * @param seconds time from the origin of the trace
     * @param kind what happened
     * @param node name of the node
     */
    public record Event(double seconds, Kind kind, String node) {}

    /**
     * @throws TraceException if the file is not such a trace, time goes back, a node joins twice or leaves without having
     *     joined
     */
    public static MembershipTrace read(TraceFile file) {
        return file.read((name, content) -> {
            CsvTable table = CsvTable.headless(name, content, "time_ms", "event", "node");
            List<Event> events = new ArrayList<>();
            Set<String> present = new HashSet<>();
            double last = 0;
            for (CsvRow row : table.rows()) {
                Event event = event(row, last, present);
                events.add(event);
                last = event.seconds();
            }
            if (events.isEmpty()) {
                throw new TraceException(name + ":1: no events");
            }
            MembershipTrace trace = new MembershipTrace(events);
            TraceTimes.requireSpan(name, trace.spanSeconds());
            return trace;
        });
    }

    private static Event event(CsvRow row, double last, Set<String> present) {
        double seconds = TraceTimes.seconds(row, "time_ms", 1 / MILLISECONDS);
        if (seconds < last) {
            throw row.problem("time_ms", "lies before the event before");
        }
        String node = row.requiredText("node");
        Kind kind = kind(row);
        if (kind == Kind.ADD ? !present.add(node) : !present.remove(node)) {
            throw row.problem("node", node + (kind == Kind.ADD ? " has already joined" : " has not joined"));
        }
        return new Event(seconds, kind, node);
    }

    private static Kind kind(CsvRow row) {
        String word = row.requiredText("event");
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw row.problem("event", "expected add or remove, got \"" + word + "\"");
    }

    /** Time of the first event. */
    public double startSeconds() {
        return events.get(0).seconds();
    }

    /** Time of the last event. */
    public double endSeconds() {
        return events.get(events.size() - 1).seconds();
    }

    public double spanSeconds() {
        return endSeconds() - startSeconds();
    }

    public long count(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).count();
    }

    /** Most nodes at once, after the change of any row. */
    public int mostNodes() {
        int nodes = 0;
        int most = 0;
        for (Event event : events) {
            nodes += event.kind() == Kind.ADD ? 1 : -1;
            most = Math.max(most, nodes);
        }
        return most;
    }

    /** Nodes times seconds between the first and the last event. */
    public double nodeSeconds() {
        double sum = 0;
        int nodes = 0;
        double last = startSeconds();
        for (Event event : events) {
            sum += nodes * (event.seconds() - last);
            nodes += event.kind() == Kind.ADD ? 1 : -1;
            last = event.seconds();
        }
        return sum;
    }
}
