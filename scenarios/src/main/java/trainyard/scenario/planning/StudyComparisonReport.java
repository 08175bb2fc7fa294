package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Assumptions;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.answer.Validity;
import trainyard.scenario.planning.StudyComparison.Entry;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.ShownUnits;
import trainyard.scenario.study.Ties;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** The report of a comparison by replications: values and differences with their intervals. */
public final class StudyComparisonReport {

    private static final String RESOLVED = ".resolved.yaml";
    private static final int DIGITS = 4;

    private StudyComparisonReport() {}

    public static ReportDocument of(StudyComparison comparison, boolean quick) {
        Scenario first = comparison.scenarios().get(0);
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < comparison.scenarios().size(); i++) {
            Scenario scenario = comparison.scenarios().get(i);
            files.putAll(Provision.files(
                    scenario, String.format(Locale.ROOT, "%02d-%s%s", i + 1, scenario.name(), RESOLVED)));
        }
        String command = "trainyard compare"
                + files.keySet().stream()
                        .filter(name -> name.endsWith(RESOLVED))
                        .collect(Collectors.joining(" ", " ", ""))
                + (quick ? " --quick" : "");
        String names = comparison.entries().stream().map(Entry::name).collect(Collectors.joining(", "));
        ReportBuilder builder = new ReportBuilder(
                        "comparison",
                        "How do these designs differ?",
                        names,
                        headline(comparison),
                        Provision.of(files, command, first.seed()))
                .figures(List.of(bars(comparison), values(comparison), differences(comparison)))
                .assumptions(Assumptions.of(first.values()))
                .validity(Validity.of(first))
                .notes(Stream.of(
                                comparison.baselineNote().stream(),
                                pairing(comparison).stream(),
                                comparison.extrapolations().stream().map(sentence -> sentence + "."))
                        .flatMap(notes -> notes)
                        .toList())
                .measurements(measurements(comparison));
        files.forEach(builder::attachment);
        return builder.build();
    }

    /** Which design is best, in one sentence without a final stop. */
    public static String sentence(StudyComparison comparison) {
        Metric metric = comparison.metrics().get(0);
        Entry best = comparison.best();
        Optional<Double> value = best.result().mean(metric);
        if (value.isEmpty()) {
            return metric.words() + " is " + Unknown.reason(best.result(), metric);
        }
        String lead = comparison
                .difference(best, metric)
                .filter(difference -> best != comparison.baseline())
                .map(difference -> ", " + difference.words(metric) + " against "
                        + comparison.baseline().name())
                .orElse("");
        List<String> ties = comparison.ties().stream().map(Entry::name).toList();
        if (!ties.isEmpty()) {
            return Wording.capital(metric.words()) + ": " + Ties.NO_DIFFERENCE + " between " + best.name() + ", "
                    + metric.format(value.get()) + ", and " + Ties.names(ties);
        }
        return best.name() + " has the best " + metric.words() + ": " + metric.format(value.get()) + lead;
    }

    /** What pairing gains at the headline; empty where designs are not paired or do not vary. */
    public static Optional<String> pairing(StudyComparison comparison) {
        Metric metric = comparison.metrics().get(0);
        // To itself a design has no difference, and one that cannot run has none to any.
        List<Entry> others = comparison.entries().stream()
                .filter(entry ->
                        entry != comparison.baseline() && entry.result().isFeasible())
                .toList();
        if (!comparison.entries().stream().allMatch(comparison::isPaired)) {
            return Optional.of(
                    "The scenarios differ in seeds or replications, so differences between them are those of the means,"
                            + " as of independent runs");
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Entry last = others.get(others.size() - 1);
        Optional<Double> paired = comparison.difference(last, metric).flatMap(Difference::halfWidth);
        Optional<Double> unpaired = comparison.unpaired(last, metric).flatMap(Difference::halfWidth);
        if (paired.isEmpty() || unpaired.isEmpty() || unpaired.get() == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Under the same random numbers the difference in %s is known to within %s; independent runs would leave %s",
                metric.words(),
                Difference.width(paired.get(), metric),
                Difference.width(unpaired.get(), metric)));
    }

    private static Headline headline(StudyComparison comparison) {
        Metric metric = comparison.metrics().get(0);
        Estimate value = comparison.best().result().estimate(metric).orElse(Estimate.exact(0));
        return new Headline(
                sentence(comparison) + ".",
                metric.words(),
                metric.unit(),
                value,
                value.isExact() ? "" : "95 % confidence");
    }

    private static FigureText text(String title, String caption) {
        return new FigureText(title, caption, title + ". " + caption, "simulated");
    }

    private static Figure bars(StudyComparison comparison) {
        Metric metric = shown(comparison, comparison.metrics().get(0));
        List<Optional<Estimate>> bars = comparison.entries().stream()
                .map(entry -> entry.result().estimate(metric))
                .toList();
        String words = Wording.capital(metric.words());
        if (bars.stream().allMatch(Optional::isEmpty)) {
            return values(comparison);
        }
        return BarFigure.grouped(
                text(words + " of the designs", sentence(comparison) + "."),
                "Design",
                comparison.entries().stream().map(Entry::name).toList(),
                Axis.linear(words, metric.unit()),
                List.of(new BarSeries(metric.words(), bars)));
    }

    private static TableFigure values(StudyComparison comparison) {
        List<TableFigure.Column> columns = new ArrayList<>(List.of(new TableFigure.Column("Metric", "")));
        comparison.entries().forEach(entry -> columns.add(new TableFigure.Column(entry.name(), "")));
        List<List<TableFigure.Cell>> rows = new ArrayList<>();
        for (Metric stated : comparison.shown()) {
            Metric metric = shown(comparison, stated);
            List<TableFigure.Cell> row = new ArrayList<>(List.of(new TableFigure.Words(name(metric))));
            comparison
                    .entries()
                    .forEach(entry -> row.add(entry.result()
                            .estimate(metric)
                            .<TableFigure.Cell>map(estimate -> new TableFigure.Quantity(estimate, DIGITS))
                            .orElseGet(() -> new TableFigure.Missing(Unknown.reason(entry.result(), metric)))));
            rows.add(row);
        }
        return new TableFigure(text("Designs side by side", "With 95 % intervals."), columns, rows);
    }

    private static TableFigure differences(StudyComparison comparison) {
        List<Entry> others = comparison.entries().stream()
                .filter(entry -> entry != comparison.baseline())
                .toList();
        List<TableFigure.Column> columns = new ArrayList<>(List.of(new TableFigure.Column("Metric", "")));
        others.forEach(entry -> columns.add(new TableFigure.Column(entry.name(), "")));
        List<List<TableFigure.Cell>> rows = new ArrayList<>();
        for (Metric metric : comparison.shown()) {
            List<TableFigure.Cell> row = new ArrayList<>(List.of(new TableFigure.Words(name(metric))));
            others.forEach(entry -> row.add(comparison
                    .difference(entry, metric)
                    .<TableFigure.Cell>map(difference -> new TableFigure.Words(difference.words(metric)))
                    .orElseGet(() -> new TableFigure.Missing("UNKNOWN"))));
            rows.add(row);
        }
        String caption = "Each design less " + comparison.baseline().name()
                + ", with 95 % intervals: of the paired differences where seeds and replications are equal, else of independent runs.";
        return new TableFigure(text("Differences to the baseline", caption), columns, rows);
    }

    private static Metric shown(StudyComparison comparison, Metric metric) {
        return ShownUnits.of(
                metric, comparison.entries().stream().map(Entry::result).toList());
    }

    private static String name(Metric metric) {
        return Wording.withUnit(metric);
    }

    private static List<Measurement> measurements(StudyComparison comparison) {
        List<Measurement> rows = new ArrayList<>();
        for (Entry entry : comparison.entries()) {
            for (int i = 0; i < entry.result().outcomes().size(); i++) {
                int replication = i;
                entry.result()
                        .outcomes()
                        .get(i)
                        .metrics()
                        .forEach((metric, value) -> rows.add(new Measurement(
                                "", entry.name(), replication, metric.name(), metric.unit(), metric.inUnit(value))));
            }
        }
        return rows;
    }
}
