package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trainyard.parallel.search.PricedPlan;
import trainyard.parallel.search.SearchResult;
import trainyard.parallel.search.VerifiedPlan;
import trainyard.report.document.Completion;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Reproduction;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Assumptions;
import trainyard.scenario.answer.Breakdowns;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.answer.Validity;

/** The report of a search: the front, the best plans and where the time of the best one goes. */
public final class PlanReport {

    private static final double GIBIBYTE = 1L << 30;

    private PlanReport() {}

    /** The report of a result that has at least one plan. */
    public static ReportDocument of(PlanQuestion question, SearchResult result) {
        Scenario scenario = question.scenario();
        Reproduction reproduction = Provision.of(scenario, "trainyard plan " + Provision.RESOLVED);
        VerifiedPlan best = result.best().get(0);
        Headline headline = new Headline(
                sentence(question, result) + ".",
                "step time",
                "s",
                Estimate.exact(best.replayed().seconds()),
                "");
        ReportBuilder builder = new ReportBuilder(
                        scenario.name() + "-plan", scenario.question(), scenario.question(), headline, reproduction)
                .completion(Completion.complete(1))
                .figures(figures(question, result))
                .breakdowns(List.of(Breakdowns.stepTime(best.replayed()), Breakdowns.memory(best.replayed())))
                .assumptions(Assumptions.of(scenario.values()))
                .validity(Validity.of(scenario))
                .notes(notes(question, result))
                .measurements(measurements(result));
        Provision.files(scenario).forEach(builder::attachment);
        return builder.build();
    }

    /** The best plan in one sentence, without a final stop. */
    public static String sentence(PlanQuestion question, SearchResult result) {
        VerifiedPlan best = result.best().get(0);
        String what = switch (question.objective()) {
            case TIME -> "The fastest plan is ";
            case COST -> "The cheapest plan is ";
            case MEMORY -> "The plan that needs least memory is ";
        };
        return what
                + String.format(
                        Locale.ROOT,
                        "%s: %s a step, MFU %.1f %%, %.1f GiB per GPU",
                        PlanTable.label(best.priced()),
                        stepTime(best.replayed().seconds()),
                        100 * best.replayed().mfu(),
                        best.priced().memoryBytes() / GIBIBYTE);
    }

    /** In hundredths of a second, or of a millisecond where a step takes less than a second. */
    private static String stepTime(double seconds) {
        return seconds < 1
                ? String.format(Locale.ROOT, "%.2f ms", 1000 * seconds)
                : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    private static List<Figure> figures(PlanQuestion question, SearchResult result) {
        PlanTable table = PlanTable.of(question, result);
        List<TableFigure.Column> columns = table.columns().stream()
                .map(title -> new TableFigure.Column(title, ""))
                .toList();
        List<List<TableFigure.Cell>> rows = table.rows().stream()
                .map(row -> row.stream()
                        .<TableFigure.Cell>map(TableFigure.Words::new)
                        .toList())
                .toList();
        FigureText text = new FigureText(
                "The best plans",
                "Step time by the analytic model and replayed event by event.",
                "Table of the best plans with their degrees, step time, MFU and memory.",
                "simulated");
        return List.of(PlanScatter.of(result), new TableFigure(text, columns, rows));
    }

    private static List<String> notes(PlanQuestion question, SearchResult result) {
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "The space has %,d plans, %,d of them were priced.",
                result.plans(),
                result.priced().size()));
        result.excluded()
                .forEach((reason, count) ->
                        notes.add(String.format(Locale.ROOT, "Left out: %,d, %s.", count, reason.label())));
        question.remarks(result).forEach(sentence -> notes.add(sentence + "."));
        return notes;
    }

    private static List<Measurement> measurements(SearchResult result) {
        List<Measurement> rows = new ArrayList<>();
        for (PricedPlan plan : result.front()) {
            String label = PlanTable.label(plan);
            rows.add(new Measurement("", label, 0, "step-time", "s", plan.seconds()));
            rows.add(new Measurement("", label, 0, "memory.peak", "GiB", plan.memoryBytes() / GIBIBYTE));
            rows.add(new Measurement("", label, 0, "gpus", "GPUs", plan.gpus()));
        }
        return rows;
    }
}
