package trainyard.report.export;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import trainyard.report.trace.Trace;
import trainyard.report.trace.Trace.Span;
import trainyard.report.trace.Trace.Track;

/**
 * Writes a timeline in the JSON object form of the Chrome Trace Event Format: complete events (X) and names (M). Times are microseconds with three decimals, so no nanosecond is lost.
 */
public final class TraceJson {

    private static final int NANO_DECIMALS = 3;

    private TraceJson() {}

    public static String of(Trace trace) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ns");
            json.writeArrayFieldStart("traceEvents");
            names(json, trace);
            for (Span span : trace.spans()) {
                span(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write trace", e);
        }
        return text + "\n";
    }

    private static void names(JsonGenerator json, Trace trace) throws IOException {
        Set<Integer> named = new HashSet<>();
        for (Track track : trace.tracks()) {
            if (named.add(track.processId())) {
                name(json, "process_name", track, track.processName());
            }
            name(json, "thread_name", track, track.threadName());
        }
    }

    private static void name(JsonGenerator json, String kind, Track track, String name) throws IOException {
        start(json, kind, "M", track.processId());
        json.writeNumberField("tid", track.threadId());
        json.writeObjectFieldStart("args");
        json.writeStringField("name", name);
        json.writeEndObject();
        end(json);
    }

    private static void span(JsonGenerator json, Span span) throws IOException {
        start(json, span.name(), "X", span.processId());
        json.writeNumberField("tid", span.threadId());
        if (!span.category().isEmpty()) {
            json.writeStringField("cat", span.category());
        }
        json.writeNumberField("ts", micros(span.startNanos()));
        json.writeNumberField("dur", micros(span.durationNanos()));
        end(json);
    }

    /** One event per line, so that two traces can be compared line by line. */
    private static void start(JsonGenerator json, String name, String phase, int processId) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("ph", phase);
        json.writeNumberField("pid", processId);
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static BigDecimal micros(long nanos) {
        BigDecimal micros = BigDecimal.valueOf(nanos, NANO_DECIMALS).stripTrailingZeros();
        return micros.scale() < 0 ? micros.setScale(0) : micros;
    }
}
