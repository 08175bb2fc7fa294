package trainyard.report.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import trainyard.report.figure.Figure;
import trainyard.report.figure.Require;
import trainyard.report.trace.Trace;

/**
 * Everything a report says, in the order of the page. Build one with {@link ReportBuilder}.
 *
 * @param name short name, used for the folder
 * @param title heading of the page
 * @param question what was asked
 * @param headline the answer
 * @param completion whether the run was interrupted
 * @param checks expectations and whether they held
 * @param figures charts and tables with captions
 * @param variants one table per compared metric
 * @param breakdowns where the time, memory or money goes
 * @param assumptions inputs with their sources
 * @param validity which parts of the model were checked against what
 * @param notes warnings and remarks, each a sentence
 * @param reproduction how to get the same bytes again
 * @param summaries mean and interval per cell, variant and metric
 * @param measurements every replication's numbers; each pass gives the same, and they need not be held, since they may be
 *     millions
 * @param timeline one chosen replication for a trace viewer
 * @param attachments further text files by name, for example "scenario.resolved.yaml"
 */
public record ReportDocument(
        String name,
        String title,
        String question,
        Headline headline,
        Completion completion,
        List<Check> checks,
        List<Figure> figures,
        List<VariantTable> variants,
        List<Breakdown> breakdowns,
        List<Assumption> assumptions,
        List<ValidityRow> validity,
        List<String> notes,
        Reproduction reproduction,
        List<Summary> summaries,
        Iterable<Measurement> measurements,
        Optional<Trace> timeline,
        Map<String, String> attachments) {

    public ReportDocument {
        Require.text(name, "name");
        Require.text(title, "title");
        Require.text(question, "question");
        Objects.requireNonNull(headline, "headline");
        Objects.requireNonNull(completion, "completion");
        checks = List.copyOf(checks);
        figures = List.copyOf(figures);
        variants = List.copyOf(variants);
        breakdowns = List.copyOf(breakdowns);
        assumptions = List.copyOf(assumptions);
        validity = List.copyOf(validity);
        notes = List.copyOf(notes);
        Objects.requireNonNull(reproduction, "reproduction");
        summaries = List.copyOf(summaries);
        Objects.requireNonNull(measurements, "measurements");
        Objects.requireNonNull(timeline, "timeline");
        attachments = Collections.unmodifiableMap(new TreeMap<>(attachments));
    }

    /** True when the run was interrupted. */
    public boolean partial() {
        return completion.isPartial();
    }
}
