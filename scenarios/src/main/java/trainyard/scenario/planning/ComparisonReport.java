package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Reproduction;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.WaterfallFigure;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Assumptions;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.answer.Validity;
import trainyard.scenario.workload.metric.DurationUnit;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.step.StepMetrics;

/** The report of a comparison: a table side by side, and a waterfall from the baseline to each design that can run. */
public final class ComparisonReport {

    private static final String RESOLVED = ".resolved.yaml";

    private ComparisonReport() {}

    public static ReportDocument of(Comparison comparison) {
        Scenario first = comparison.scenarios().get(0);
        Map<String, String> files = files(comparison.scenarios());
        Reproduction reproduction = Provision.of(
                files,
                "trainyard compare "
                        + files.keySet().stream()
                                .filter(name -> name.endsWith(RESOLVED))
                                .collect(Collectors.joining(" ")),
                first.seed());
        String names = comparison.designs().stream().map(Design::name).collect(Collectors.joining(", "));
        ReportBuilder builder = new ReportBuilder(
                        "comparison", "How do these designs differ?", names, headline(comparison), reproduction)
                .figures(figures(comparison))
                .assumptions(Assumptions.of(first.values()))
                .validity(Validity.of(first))
                .notes(Stream.concat(
                                comparison.baselineNote().stream(),
                                comparison.extrapolations().stream().map(sentence -> sentence + "."))
                        .toList())
                .measurements(measurements(comparison));
        files.forEach(builder::attachment);
        return builder.build();
    }

    /** Which design is fastest, in one sentence without a final stop. */
    public static String sentence(Comparison comparison) {
        return FastestDesign.of(comparison.designs())
                .map(fastest -> fastest.sentence(comparison.baseline()))
                .orElse("None of the designs can run");
    }

    private static double seconds(Design design) {
        return design.value(StepMetrics.STEP_TIME).orElse(Double.POSITIVE_INFINITY);
    }

    private static Headline headline(Comparison comparison) {
        Metric by =
                FastestDesign.of(comparison.designs()).map(FastestDesign::by).orElse(StepMetrics.STEP_TIME);
        double value = FastestDesign.of(comparison.designs())
                .flatMap(fastest -> fastest.design().value(by))
                .orElse(0.0);
        return new Headline(sentence(comparison) + ".", by.words(), by.unit(), Estimate.exact(value), "");
    }

    private static Map<String, String> files(List<Scenario> scenarios) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < scenarios.size(); i++) {
            String name = String.format(
                    Locale.ROOT, "%02d-%s%s", i + 1, scenarios.get(i).name(), RESOLVED);
            files.putAll(Provision.files(scenarios.get(i), name));
        }
        return files;
    }

    private static List<Figure> figures(Comparison comparison) {
        List<Figure> figures = new ArrayList<>();
        figures.add(table(comparison));
        Design baseline = comparison.baseline();
        for (int i = 0; i < comparison.designs().size(); i++) {
            Design other = comparison.designs().get(i);
            if (other != baseline && other.step().isPresent()) {
                figures.add(waterfall(comparison, i));
            }
        }
        return figures;
    }

    private static TableFigure table(Comparison comparison) {
        List<TableFigure.Column> columns = new ArrayList<>();
        columns.add(new TableFigure.Column("Metric", ""));
        comparison.designs().forEach(design -> columns.add(new TableFigure.Column(design.name(), "")));
        List<List<TableFigure.Cell>> rows = new ArrayList<>();
        for (Metric stated : comparison.metrics()) {
            Metric metric = stated.shownUpTo(comparison.designs().stream()
                    .flatMap(design -> design.value(stated).stream())
                    .mapToDouble(value -> Math.abs(value * stated.unitSize()))
                    .max()
                    .orElse(0));
            List<TableFigure.Cell> row = new ArrayList<>();
            row.add(new TableFigure.Words(Wording.withUnit(metric)));
            comparison
                    .designs()
                    .forEach(design -> row.add(design.value(metric)
                            .<TableFigure.Cell>map(TableFigure.Quantity::of)
                            .orElseGet(() -> new TableFigure.Missing("cannot run"))));
            rows.add(row);
        }
        FigureText text = new FigureText(
                "Designs side by side",
                comparison.baselineNote().orElse("The first design is the baseline") + ".",
                "Table of metrics, one column per design.",
                "simulated");
        return new TableFigure(text, columns, rows);
    }

    private static WaterfallFigure waterfall(Comparison comparison, int other) {
        Design from = comparison.baseline();
        Design to = comparison.designs().get(other);
        DurationUnit unit = DurationUnit.upTo(Math.max(seconds(from), seconds(to)));
        List<WaterfallFigure.Step> steps = new ArrayList<>();
        steps.add(WaterfallFigure.Step.total(from.name(), unit.of(seconds(from))));
        for (Comparison.TermRow term : comparison.terms()) {
            steps.add(WaterfallFigure.Step.change(
                    term.name(), unit.of(comparison.change(term, other).orElse(0.0))));
        }
        steps.add(WaterfallFigure.Step.total(to.name(), unit.of(seconds(to))));
        FigureText text = new FigureText(
                "From " + from.name() + " to " + to.name(),
                "What each term of the step time adds or takes away.",
                "Waterfall of the step time from one design to the other by term.",
                "simulated");
        return new WaterfallFigure(text, Axis.linear("Step time", unit.symbol()), steps);
    }

    private static List<Measurement> measurements(Comparison comparison) {
        List<Measurement> rows = new ArrayList<>();
        for (Design design : comparison.designs()) {
            for (Metric metric : comparison.metrics()) {
                design.value(metric)
                        .ifPresent(value ->
                                rows.add(new Measurement("", design.name(), 0, metric.name(), metric.unit(), value)));
            }
        }
        return rows;
    }
}
