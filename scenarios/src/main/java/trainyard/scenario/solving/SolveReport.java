package trainyard.scenario.solving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.answer.Assumptions;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.answer.Validity;
import trainyard.scenario.chart.ChartAxis;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.ShownUnits;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** The report of a search: the metric over the input with target and answer marked, and the table of what was tried. */
public final class SolveReport {

    private static final int DIGITS = 4;

    private final Solution solution;
    private final SolveQuestion question;
    private final Metric metric;

    private SolveReport(Solution solution) {
        this.solution = solution;
        this.question = solution.question();
        this.metric = ShownUnits.of(
                question.metric(),
                solution.feasible().stream().map(Trial::result).toList());
    }

    /** @param command what repeats the search with the resolved scenario beside it */
    public static ReportDocument of(Solution solution, String command) {
        return new SolveReport(solution).document(command);
    }

    private ReportDocument document(String command) {
        CellResult shown = solution.answer()
                .or(solution::nearest)
                .orElse(solution.feasible().get(0))
                .result();
        Estimate value = shown.estimate(metric).orElse(Estimate.exact(0));
        List<Figure> figures = new ArrayList<>();
        curve().ifPresent(figures::add);
        figures.add(table());
        ReportBuilder builder = new ReportBuilder(
                        question.scenario().name(),
                        question.scenario().question(),
                        question.scenario().question(),
                        new Headline(
                                solution.sentence() + ".",
                                metric.words(),
                                metric.unit(),
                                value,
                                value.isExact()
                                        ? ""
                                        : "95 % confidence, " + shown.outcomes().size() + " replications"),
                        Provision.of(question.scenario(), command))
                .figures(figures)
                .assumptions(Assumptions.of(question.study().values(shown.cell())))
                .validity(Validity.of(question.scenario()))
                .notes(notes())
                .measurements(measurements());
        Provision.files(question.scenario()).forEach(builder::attachment);
        return builder.build();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(Wording.counted(solution.tried().size(), "value") + " were simulated, "
                + Wording.counted(question.study().replications(), "replication")
                + " each, all under the same random numbers.");
        question.notUsed().forEach(words -> notes.add("Not used: " + words + "."));
        solution.cannotRun().ifPresent(words -> notes.add(words + "."));
        if (!solution.isMonotone()) {
            notes.add("Not monotone: " + String.join("; ", solution.changes()) + ".");
        }
        return notes;
    }

    private Optional<Figure> curve() {
        ChartAxis x = new ChartAxis(question.path(), question.study());
        List<Point> points = solution.feasible().stream()
                .flatMap(trial ->
                        trial.estimate(metric).stream().map(estimate -> new Point(x.place(trial.value()), estimate)))
                .toList();
        if (points.isEmpty()) {
            return Optional.empty();
        }
        List<ReferenceLine> lines = new ArrayList<>();
        question.bound().ifPresent(bound -> lines.add(ReferenceLine.atY("target", metric.inUnit(bound))));
        solution.answer()
                .filter(answer -> solution.beyond().isPresent())
                .ifPresent(answer -> lines.add(ReferenceLine.atX("answer " + answer.name(), x.place(answer.value()))));
        boolean log = question.domain().low() > 0
                && question.domain().high() > 8 * question.domain().low();
        return Optional.of(new LineFigure(
                text(Wording.capital(metric.words()) + " over " + Wording.lower(x.label())),
                x.axis(log),
                Axis.linear(Wording.capital(metric.words()), metric.unit()),
                List.of(Series.of(metric.words(), points)),
                lines,
                List.of()));
    }

    private TableFigure table() {
        List<List<TableFigure.Cell>> rows = new ArrayList<>();
        for (Trial trial : solution.tried()) {
            TableFigure.Cell value = trial.estimate(metric)
                    .<TableFigure.Cell>map(estimate -> new TableFigure.Quantity(estimate, DIGITS))
                    .orElseGet(() -> new TableFigure.Missing(trial.isFeasible() ? trial.found(metric) : "cannot run"));
            String verdict = !trial.isFeasible() ? "" : trial.meets() ? "meets it" : "does not";
            rows.add(List.of(new TableFigure.Words(trial.name()), value, new TableFigure.Words(verdict)));
        }
        return new TableFigure(
                text("Values tried"),
                List.of(
                        new TableFigure.Column(question.path(), ""),
                        new TableFigure.Column(Wording.capital(metric.words()), metric.unit()),
                        new TableFigure.Column("Target", "")),
                rows);
    }

    private FigureText text(String title) {
        String caption = solution.sentence() + ".";
        return new FigureText(
                title,
                caption,
                title + ". " + caption,
                "simulated, seed " + question.scenario().seed());
    }

    private List<Measurement> measurements() {
        List<Measurement> rows = new ArrayList<>();
        for (Trial trial : solution.feasible()) {
            for (int i = 0; i < trial.result().outcomes().size(); i++) {
                int replication = i;
                trial.result()
                        .outcomes()
                        .get(i)
                        .value(metric.yielded())
                        .ifPresent(value -> rows.add(new Measurement(
                                trial.result().cell().point(),
                                trial.result().cell().variant(),
                                replication,
                                metric.yielded().name(),
                                metric.unit(),
                                metric.inUnit(value))));
            }
        }
        return rows;
    }
}
