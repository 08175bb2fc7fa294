package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import trainyard.report.document.ReportDocument;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.chart.BreakEvens;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/** The JSON document of a run. */
final class RunJson {

    private RunJson() {}

    static ObjectNode of(Answer answer, ReportDocument report, Path folder, List<Path> written) {
        ObjectNode document = Json.object();
        document.put("ok", answer.holds())
                .put("name", report.name())
                .put("question", report.question())
                .put("partial", report.partial());
        ObjectNode headline = document.putObject("headline");
        headline.put("sentence", answer.sentence())
                .put("metric", answer.headline().name())
                .put("unit", answer.headline().unit())
                .put("value", answer.headline().inUnit(answer.value()));
        addPublished(document.putArray("published"), answer);
        ArrayNode checks = document.putArray("expect");
        answer.verdicts()
                .forEach(verdict -> checks.addObject()
                        .put("expectation", verdict.expectation())
                        .put("found", verdict.found())
                        .put("holds", verdict.holds()));
        ArrayNode breakEvens = document.putArray("break_even");
        BreakEvens.sentences(answer.result(), answer.headline()).forEach(breakEvens::add);
        ArrayNode cells = document.putArray("cells");
        answer.result().grid().forEach(cell -> addCell(cells.addObject(), cell));
        document.put("folder", folder.toString());
        ArrayNode files = document.putArray("files");
        written.forEach(file -> files.add(file.toString()));
        return document;
    }

    private static void addPublished(ArrayNode rows, Answer answer) {
        answer.comparisons()
                .forEach(comparison -> rows.addObject()
                        .put("cell", comparison.cell().cell().label())
                        .put("metric", comparison.published().metric().name())
                        .put("unit", comparison.published().metric().unit())
                        .put("simulated", comparison.published().metric().inUnit(comparison.simulated()))
                        .put(
                                "published",
                                comparison
                                        .published()
                                        .metric()
                                        .inUnit(comparison.published().value()))
                        .put("error_pct", 100 * comparison.error())
                        .put("source", comparison.published().source()));
    }

    private static void addCell(ObjectNode row, CellResult result) {
        row.put("variant", result.cell().variant());
        ObjectNode point = row.putObject("point");
        result.cell().coordinates().forEach(point::put);
        row.put("feasible", result.isFeasible());
        result.first().flatMap(Outcome::infeasible).ifPresent(problem -> row.put("reason", problem.message()));
        ObjectNode metrics = row.putObject("metrics");
        result.first().ifPresent(outcome -> {
            for (Metric metric : outcome.metrics().keySet()) {
                result.mean(metric).ifPresent(value -> metrics.put(metric.name(), metric.inUnit(value)));
            }
            ObjectNode labels = row.putObject("labels");
            outcome.labels().forEach(labels::put);
        });
    }
}
