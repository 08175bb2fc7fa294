package trainyard.faults.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Start and end of every fault of the nodes of a cluster, as StepFun published them (InfiniteHBD-Trace, commit 7aacdc8,
 * 2025-05-21; 400 servers, 348 days): a JSON array of events with {@code node_id}, {@code event_time} in days, {@code
 * event_type} and {@code fault_type}, ascending in time. An end belongs to the oldest open start of the same node and
 * fault. A fault that is open at the end of the trace lasts until there.
 *
 * @param intervals by start
 * @param spanDays time of the last event
 */
public record NodeFaultTrace(List<FaultInterval> intervals, double spanDays) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public NodeFaultTrace {
        intervals = List.copyOf(intervals);
    }

    /**
     * @throws TraceException if the file is not such a trace
     */
    public static NodeFaultTrace read(TraceFile file) {
        return file.read((name, content) -> new Pairing(name).read(content));
    }

    /** What tells one fault of one node from another. */
    private record Key(String node, String level, String part, String description) {}

    /** Matches starts with ends. */
    private static final class Pairing {

        private final String name;
        private final Map<Key, Deque<Double>> open = new LinkedHashMap<>();
        private final List<FaultInterval> closed = new ArrayList<>();
        private double now;

        Pairing(String name) {
            this.name = name;
        }

        NodeFaultTrace read(InputStream content) throws IOException {
            try (JsonParser parser = MAPPER.createParser(content)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw problem(parser, "expected an array of events");
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    int line = parser.currentTokenLocation().getLineNr();
                    add(MAPPER.readTree(parser), line);
                }
                if (parser.currentToken() != JsonToken.END_ARRAY) {
                    throw problem(parser, "expected an event or the end of the array");
                }
                if (parser.nextToken() != null) {
                    throw problem(parser, "expected nothing behind the array");
                }
            }
            open.forEach((key, starts) -> starts.forEach(start -> close(key, start)));
            closed.sort(Comparator.comparingDouble(FaultInterval::startDays));
            TraceTimes.requireSpan(name, now);
            return new NodeFaultTrace(closed, now);
        }

        private void add(JsonNode event, int line) {
            double time = event.path("event_time").asDouble(Double.NaN);
            if (!(time >= now)) {
                throw problem(line, "event_time must be a number, not before that of the event before");
            }
            if (!TraceTimes.isWithin(time * TraceTimes.SECONDS_PER_DAY)) {
                throw problem(line, "event_time lies more than 100 years after the origin");
            }
            now = time;
            JsonNode type = event.path("fault_type");
            Key key = new Key(
                    text(event, "node_id", line),
                    text(type, "Level", line),
                    text(type, "Class", line),
                    text(type, "Desc", line));
            switch (text(event, "event_type", line)) {
                case "fault_start" ->
                    open.computeIfAbsent(key, k -> new ArrayDeque<>()).add(time);
                case "fault_end" -> end(key, line);
                default -> throw problem(line, "event_type must be fault_start or fault_end");
            }
        }

        private void end(Key key, int line) {
            Deque<Double> starts = open.getOrDefault(key, new ArrayDeque<>());
            if (starts.isEmpty()) {
                throw problem(line, "a fault ends that did not start");
            }
            close(key, starts.remove());
        }

        private void close(Key key, double start) {
            closed.add(new FaultInterval(key.node(), start, now, key.level(), key.part(), key.description()));
        }

        private String text(JsonNode node, String field, int line) {
            if (!node.path(field).isTextual()) {
                throw problem(line, field + " must be a text");
            }
            return node.path(field).textValue();
        }

        private TraceException problem(JsonParser parser, String what) {
            return problem(parser.currentLocation().getLineNr(), what);
        }

        private TraceException problem(int line, String what) {
            return new TraceException(name + ":" + line + ": " + what);
        }
    }
}
