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
 * Available or surviving instances at regular ticks (SkyPilot spot-traces, NSDI 2024): {@code {"metadata":
 * {"gap_seconds": G}, "data": [n, ...]}}.
 *
 * @param gapSeconds time between ticks, positive
 * @param counts instances at each tick, at least one tick
 */
public record CapacitySeries(double gapSeconds, List<Integer> counts) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public CapacitySeries {
        counts = List.copyOf(counts);
    }

    /**
     * @throws TraceException if the file is not such a series
     */
    public static CapacitySeries read(TraceFile file) {
        return file.read(CapacitySeries::parse);
    }

    private static CapacitySeries parse(String name, InputStream content) throws IOException {
        double gap = 0;
        List<Integer> counts = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(content)) {
            require(name, parser, parser.nextToken() == JsonToken.START_OBJECT, "expected an object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("metadata")) {
                    gap = MAPPER.readValue(parser, JsonNode.class)
                            .path("gap_seconds")
                            .asDouble();
                    require(name, parser, gap > 0 && gap < 1e9, "gap_seconds must be above 0");
                } else if (field.equals("data")) {
                    readCounts(name, parser, counts);
                } else {
                    parser.skipChildren();
                }
            }
            require(name, parser, gap > 0, "no metadata with gap_seconds");
            require(name, parser, !counts.isEmpty(), "no data");
            require(name, parser, TraceTimes.isWithin(gap * counts.size()), "covers more than 100 years");
            require(name, parser, parser.nextToken() == null, "expected nothing behind the object");
        }
        return new CapacitySeries(gap, counts);
    }

    private static void readCounts(String name, JsonParser parser, List<Integer> counts) throws IOException {
        require(name, parser, parser.currentToken() == JsonToken.START_ARRAY, "data must be an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
            require(name, parser, whole && parser.getIntValue() >= 0, "data must hold whole numbers of at least 0");
            counts.add(parser.getIntValue());
        }
    }

    private static void require(String name, JsonParser parser, boolean holds, String what) {
        if (!holds) {
            throw new TraceException(name + ":" + parser.currentLocation().getLineNr() + ": " + what);
        }
    }

    /** Most instances at any tick. */
    public int most() {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Mean instances over the most; 0 where there never was one. */
    public double meanCapacityFraction() {
        double mean = counts.stream().mapToInt(Integer::intValue).average().orElse(0);
        return most() == 0 ? 0 : mean / most();
    }

    /**
     * Lengths of the stretches of ticks with at least one instance, or without any, in the order of the series. The
     * first and the last, which the series cuts off, count like the others.
     *
     * @param up whether with instances
     */
    public List<Double> runSeconds(boolean up) {
        List<Double> runs = new ArrayList<>();
        int length = 0;
        for (int count : counts) {
            boolean belongs = count > 0 == up;
            if (!belongs && length > 0) {
                runs.add(length * gapSeconds);
            }
            length = belongs ? length + 1 : 0;
        }
        if (length > 0) {
            runs.add(length * gapSeconds);
        }
        return runs;
    }
}
