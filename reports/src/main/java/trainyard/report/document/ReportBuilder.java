package trainyard.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trainyard.report.figure.Figure;
import trainyard.report.trace.Trace;

/** Collects the parts of a {@link ReportDocument}. What is not added stays empty. */
public final class ReportBuilder {

    private final String name;
    private final String title;
    private final String question;
    private final Headline headline;
    private final Reproduction reproduction;
    private final List<Check> checks = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<VariantTable> variants = new ArrayList<>();
    private final List<Breakdown> breakdowns = new ArrayList<>();
    private final List<Assumption> assumptions = new ArrayList<>();
    private final List<ValidityRow> validity = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Summary> summaries = new ArrayList<>();
    private Iterable<Measurement> measurements = List.of();
    private final Map<String, String> attachments = new TreeMap<>();
    private Completion completion = Completion.complete(1);
    private Optional<Trace> timeline = Optional.empty();

    /** Starts a report with the parts that none goes without. */
    public ReportBuilder(String name, String title, String question, Headline headline, Reproduction reproduction) {
        this.name = name;
        this.title = title;
        this.question = question;
        this.headline = headline;
        this.reproduction = reproduction;
    }

    public ReportBuilder completion(Completion value) {
        completion = value;
        return this;
    }

    public ReportBuilder checks(List<Check> values) {
        checks.addAll(values);
        return this;
    }

    public ReportBuilder figures(List<? extends Figure> values) {
        figures.addAll(values);
        return this;
    }

    public ReportBuilder variants(List<VariantTable> values) {
        variants.addAll(values);
        return this;
    }

    public ReportBuilder breakdowns(List<Breakdown> values) {
        breakdowns.addAll(values);
        return this;
    }

    public ReportBuilder assumptions(List<Assumption> values) {
        assumptions.addAll(values);
        return this;
    }

    public ReportBuilder validity(List<ValidityRow> values) {
        validity.addAll(values);
        return this;
    }

    public ReportBuilder notes(List<String> values) {
        notes.addAll(values);
        return this;
    }

    public ReportBuilder summaries(List<Summary> values) {
        summaries.addAll(values);
        return this;
    }

    public ReportBuilder measurements(Iterable<Measurement> values) {
        measurements = values;
        return this;
    }

    public ReportBuilder timeline(Trace value) {
        timeline = Optional.of(value);
        return this;
    }

    /** Adds a text file that lies beside the report. */
    public ReportBuilder attachment(String fileName, String content) {
        attachments.put(fileName, content);
        return this;
    }

    public ReportDocument build() {
        return new ReportDocument(
                name,
                title,
                question,
                headline,
                completion,
                checks,
                figures,
                variants,
                breakdowns,
                assumptions,
                validity,
                notes,
                reproduction,
                summaries,
                measurements,
                timeline,
                attachments);
    }
}
