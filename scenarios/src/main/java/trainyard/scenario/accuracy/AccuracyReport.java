package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import trainyard.report.document.Check;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Reproduction;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.VerificationJson;
import trainyard.scenario.verify.VerificationResult;

/** Makes the report of a verification. */
public final class AccuracyReport {

    private static final String ROWS = "rows.csv";
    private static final String JSON = "verification.json";

    private final VerificationResult result;
    private final List<RowInput> inputs;
    private final List<RowGroup> groups;

    private AccuracyReport(Suite suite, VerificationResult result) {
        this.result = result;
        this.inputs = suite.inputs();
        this.groups = RowGroup.of(result);
    }

    /**
     * The report.
     *
     * @param suite what made the result
     * @param measurements what the result is about
     * @param command how to get it again
     */
    public static ReportDocument of(Suite suite, VerificationResult result, Measurements measurements, String command) {
        return new AccuracyReport(suite, result).document(Provision.ofHashes(measurements.sha256(), command));
    }

    private ReportDocument document(Reproduction reproduction) {
        return new ReportBuilder(
                        "verify-" + result.suite(),
                        "How far from published " + result.suite() + " figures is the model?",
                        "Every row that states its inputs is predicted and compared.",
                        headline(),
                        reproduction)
                .checks(checks())
                .notes(notes())
                .figures(figures())
                .measurements(measurements())
                .attachment(ROWS, RowsCsv.of(result, inputs))
                .attachment(JSON, VerificationJson.render(result) + "\n")
                .build();
    }

    /** The median over the sources that gate, so that a source of many rows does not hide the others. */
    private Headline headline() {
        boolean anyGated = result.sources().stream().anyMatch(source -> source.gated() > 0);
        List<SourceScore> scored = result.sources().stream()
                .filter(source -> source.meanAbsolutePercent().isPresent() && (!anyGated || source.gated() > 0))
                .sorted(Comparator.comparingDouble(
                        source -> source.meanAbsolutePercent().getAsDouble()))
                .toList();
        int rows = scored.stream().mapToInt(source -> source.counting().size()).sum();
        if (scored.isEmpty()) {
            return new Headline("No row could be compared.", "rows compared", "", Estimate.exact(0), "");
        }
        double median = median(scored);
        String gated = anyGated ? "gated " : "";
        String sentence = scored.size() == 1
                ? String.format(Locale.ROOT, "The mean absolute error is %.1f %% over %,d %srows.", median, rows, gated)
                : String.format(
                        Locale.ROOT,
                        "Half of the %d sources with %srows have a mean absolute error of at most %.1f %%; it is %.1f %%"
                                + " for the best (%s) and %.1f %% for the worst (%s), over %,d rows.",
                        scored.size(),
                        gated,
                        median,
                        percent(scored.get(0)),
                        scored.get(0).source(),
                        percent(scored.get(scored.size() - 1)),
                        scored.get(scored.size() - 1).source(),
                        rows);
        return new Headline(sentence, "mean absolute error", "%", Estimate.exact(Math.rint(10 * median) / 10), "");
    }

    private static double percent(SourceScore source) {
        return source.meanAbsolutePercent().getAsDouble();
    }

    private static double median(List<SourceScore> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? percent(sorted.get(middle))
                : (percent(sorted.get(middle - 1)) + percent(sorted.get(middle))) / 2;
    }

    /** Only rows that state a tolerance can pass or fail. */
    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            long judged = source.rows().stream()
                    .filter(row -> row.gated()
                            && (row.status() == RowScore.Status.PASS || row.status() == RowScore.Status.FAIL))
                    .count();
            if (judged > 0) {
                checks.add(new Check(
                        "gated rows of " + source.source() + " lie within the tolerance that they state",
                        judged - source.failedGated() + " of " + judged,
                        source.failedGated() == 0 ? Check.Verdict.PASS : Check.Verdict.FAIL));
            }
        }
        return checks;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        result.verdicts().ifPresent(verdicts -> notes.add(verdicts.sentence()));
        notes.add("Every row with its inputs lies beside this page in " + ROWS + ", the same as JSON in " + JSON + ".");
        if (!result.ignored().isEmpty()) {
            List<String> files = result.ignored().stream()
                    .map(file -> file.substring(0, file.indexOf(':')))
                    .toList();
            notes.add("Not read, since they are no tables of this suite: " + String.join(", ", files) + ".");
        }
        return notes;
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(PredictedCharts.of(groups));
        List<ErrorBars.Bar> bars = bars();
        if (bars.size() > 1) {
            figures.add(ErrorBars.of(result.suite(), bars));
        }
        figures.add(ErrorTables.sources(result));
        Correlations.of(result, inputs).ifPresent(figures::add);
        figures.addAll(ResidualCharts.of(groups, inputs));
        figures.add(ErrorTables.worst(result));
        ErrorTables.skipped(result).ifPresent(figures::add);
        ErrorTables.calibration(result).ifPresent(figures::add);
        return figures;
    }

    private List<ErrorBars.Bar> bars() {
        List<ErrorBars.Bar> bars = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            source.meanAbsolutePercent()
                    .ifPresent(percent -> bars.add(new ErrorBars.Bar(
                            source.source(),
                            percent,
                            result.calibrated(source.source())
                                    .map(after -> after.score().meanAbsolutePercent())
                                    .orElse(OptionalDouble.empty()))));
        }
        return bars;
    }

    private List<Measurement> measurements() {
        List<Measurement> rows = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            String name = source.source();
            add(rows, name, "mape", source.meanAbsolutePercent());
            add(rows, name, "median", source.medianPercent());
            add(rows, name, "p90", source.p90Percent());
            add(rows, name, "max", source.maxPercent());
            add(rows, name, "bias", source.biasPercent());
            result.calibrated(name).ifPresent(after -> {
                add(rows, name, "calibrated.mape", after.score().meanAbsolutePercent());
                add(rows, name, "calibrated.bias", after.score().biasPercent());
            });
        }
        return rows;
    }

    private static void add(List<Measurement> rows, String source, String metric, OptionalDouble percent) {
        percent.ifPresent(value -> rows.add(new Measurement(source, "", 0, metric, "%", value)));
    }
}
