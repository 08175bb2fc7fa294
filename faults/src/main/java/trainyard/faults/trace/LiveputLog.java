package trainyard.faults.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Which shape each policy of Parcae (NSDI 2024) chose in each interval of a spot trace: a JSON array of {@code {"interval":
 * [nodes, added, removed], "duration": ms, "throughut-opt": [d, p], "liveput-truth": [d, p], "liveput-predict": [d, p]}}.
 *
 * @param intervals in order of time
 */
public record LiveputLog(List<Interval> intervals) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MILLISECONDS = 1e3;

    public LiveputLog {
        intervals = List.copyOf(intervals);
    }

    /**
     * Data-parallel pipelines and their stages.
     *
     * @param pipelines number of pipelines
     * @param stages stages of each
     */
    public record Shape(int pipelines, int stages) {}

    /**
     * One interval.
     *
     * @param nodes nodes at its start
     * @param added nodes that join in it
     * @param removed nodes that leave in it
     * @param seconds length
     * @param throughputBest shape of the most throughput
     * @param liveputBest shape of the most liveput with the future known
     * @param liveputPredicted shape of the most liveput with the future predicted
     */
    public record Interval(
            int nodes,
            int added,
            int removed,
            double seconds,
            Shape throughputBest,
            Shape liveputBest,
            Shape liveputPredicted) {}

    /**
     * @throws TraceException if the file is not such a log
     */
    public static LiveputLog read(TraceFile file) {
        return file.read(LiveputLog::parse);
    }

    private static LiveputLog parse(String name, InputStream content) throws IOException {
        List<Interval> intervals = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw problem(name, parser.currentLocation().getLineNr(), "expected an array of intervals");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int line = parser.currentTokenLocation().getLineNr();
                intervals.add(interval(name, line, MAPPER.readValue(parser, JsonNode.class)));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw problem(
                        name, parser.currentLocation().getLineNr(), "expected an interval or the end of the array");
            }
        }
        return new LiveputLog(intervals);
    }

    private static Interval interval(String name, int line, JsonNode node) {
        List<Integer> changes = wholes(name, line, node, "interval", 3);
        double milliseconds = node.path("duration").asDouble(-1);
        if (!(milliseconds > 0 && milliseconds < Double.POSITIVE_INFINITY)) {
            throw problem(name, line, "duration must be above 0");
        }
        return new Interval(
                changes.get(0),
                changes.get(1),
                changes.get(2),
                milliseconds / MILLISECONDS,
                shape(name, line, node, "throughut-opt"),
                shape(name, line, node, "liveput-truth"),
                shape(name, line, node, "liveput-predict"));
    }

    private static Shape shape(String name, int line, JsonNode node, String field) {
        List<Integer> shape = wholes(name, line, node, field, 2);
        return new Shape(shape.get(0), shape.get(1));
    }

    private static List<Integer> wholes(String name, int line, JsonNode node, String field, int count) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode value : node.path(field)) {
            if (!value.isInt() || value.intValue() < 0) {
                throw problem(name, line, field + " must hold whole numbers of at least 0");
            }
            values.add(value.intValue());
        }
        if (values.size() != count) {
            throw problem(name, line, field + " must hold " + count + " numbers");
        }
        return values;
    }

    private static TraceException problem(String name, int line, String what) {
        return new TraceException(name + ":" + line + ": " + what);
    }
}
