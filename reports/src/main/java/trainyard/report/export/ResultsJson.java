package trainyard.report.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import trainyard.report.document.Breakdown;
import trainyard.report.document.Check;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Summary;
import trainyard.report.document.VariantTable;
import trainyard.report.document.VariantTable.Variant;

/** Writes headline, checks, intervals, breakdowns and measurements as JSON. Values that are not finite become null. */
public final class ResultsJson {

    /** Version of this layout; it grows when a reader of the old layout would misread the new one. */
    private static final int FORMAT = 1;

    private ResultsJson() {}

    public static String of(ReportDocument report) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("name", report.name());
        root.put("title", report.title());
        root.put("question", report.question());
        root.put("partial", report.partial());
        root.put("replications_finished", report.completion().finished());
        root.put("replications_planned", report.completion().planned());
        root.put("scenario_sha256", report.reproduction().scenarioSha256());
        root.put("seed", report.reproduction().seed());
        headline(root.putObject("headline"), report.headline());
        ArrayNode checks = root.putArray("checks");
        report.checks().forEach(check -> check(checks.addObject(), check));
        ArrayNode summaries = root.putArray("summaries");
        report.summaries().forEach(summary -> summary(summaries.addObject(), summary));
        ArrayNode variants = root.putArray("variants");
        report.variants().forEach(table -> variants(variants.addObject(), table));
        ArrayNode breakdowns = root.putArray("breakdowns");
        report.breakdowns().forEach(breakdown -> breakdown(breakdowns.addObject(), breakdown));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode measurements = root.putArray("measurements");
        report.measurements().forEach(row -> measurement(measurements.addObject(), row));
        return Json.print(root);
    }

    private static void headline(ObjectNode node, Headline headline) {
        node.put("sentence", headline.sentence());
        node.put("metric", headline.metric());
        node.put("unit", headline.unit());
        Json.estimate(node, headline.estimate());
        node.put("interval", headline.intervalMeaning());
    }

    private static void check(ObjectNode node, Check check) {
        node.put("expectation", check.expectation());
        node.put("outcome", check.outcome());
        node.put("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
    }

    private static void summary(ObjectNode node, Summary summary) {
        node.put("cell", summary.cell());
        node.put("variant", summary.variant());
        node.put("metric", summary.metric());
        node.put("unit", summary.unit());
        Json.estimate(node, summary.estimate());
        node.put("replications", summary.replications());
    }

    private static void variants(ObjectNode node, VariantTable table) {
        node.put("metric", table.metric());
        node.put("unit", table.unit());
        node.put("better", table.better().name().toLowerCase(Locale.ROOT));
        ArrayNode rows = node.putArray("variants");
        for (Variant variant : table.variants()) {
            ObjectNode row = rows.addObject();
            row.put("name", variant.name());
            row.put("baseline", variant.baseline());
            Json.estimate(row, variant.value());
            Json.estimate(row.putObject("ratio"), variant.ratio());
        }
    }

    private static void breakdown(ObjectNode node, Breakdown breakdown) {
        node.put("title", breakdown.title());
        node.put("unit", breakdown.unit());
        Json.number(node, "total", breakdown.total());
        ArrayNode terms = node.putArray("terms");
        for (Breakdown.Term term : breakdown.terms()) {
            ObjectNode row = terms.addObject();
            row.put("name", term.name());
            Json.number(row, "value", term.value());
            row.put("formula", term.formula());
            row.put("source", term.source());
        }
    }

    private static void measurement(ObjectNode node, Measurement row) {
        node.put("cell", row.cell());
        node.put("variant", row.variant());
        node.put("replication", row.replication());
        node.put("metric", row.metric());
        node.put("unit", row.unit());
        Json.number(node, "value", row.value());
    }
}
