package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trainyard.parallel.step.cost.Span;
import trainyard.report.trace.Trace;

/** The timeline of a step for a trace viewer: a process per pipeline stage, a thread per stream. */
final class StepTrace {

    private StepTrace() {}

    static Trace of(List<Span> timeline) {
        List<String> streams =
                timeline.stream().map(Span::stream).distinct().sorted().toList();
        List<Trace.Track> tracks = new ArrayList<>();
        int stages = timeline.stream().mapToInt(Span::stage).max().orElse(-1) + 1;
        for (int stage = 0; stage < stages; stage++) {
            for (int i = 0; i < streams.size(); i++) {
                tracks.add(new Trace.Track(stage, "stage " + stage, i, streams.get(i)));
            }
        }
        List<Trace.Span> spans = timeline.stream()
                .map(span -> new Trace.Span(
                        span.stage(),
                        streams.indexOf(span.stream()),
                        span.label(),
                        span.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        span.startNanos(),
                        span.endNanos() - span.startNanos()))
                .toList();
        return new Trace(tracks, spans);
    }
}
