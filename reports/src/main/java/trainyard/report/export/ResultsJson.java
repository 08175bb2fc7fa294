package trainyard.report.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import trainyard.report.document.Breakdown;
import trainyard.report.document.Check;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Summary;
import trainyard.report.document.VariantTable;
import trainyard.report.document.VariantTable.Variant;
import trainyard.report.format.Numbers;

/** Writes headline, checks, intervals, breakdowns and measurements as JSON. Values that are not finite become null. */
public final class ResultsJson {

    /** Version of this layout; it grows when a reader of the old layout would misread the new one. */
    private static final int FORMAT = 1;

    private ResultsJson() {}

    /** Writes all in UTF-8 and leaves the stream open; the measurements, of which there may be millions, one by one. */
    public static void write(ReportDocument report, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> part : parts(report).properties()) {
                json.writeFieldName(part.getKey());
                Json.MAPPER.writeTree(json, part.getValue());
            }
            json.writeArrayFieldStart("measurements");
            for (Measurement row : report.measurements()) {
                measurement(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static ObjectNode parts(ReportDocument report) {
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
        return root;
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

    private static void measurement(JsonGenerator json, Measurement row) throws IOException {
        json.writeStartObject();
        json.writeStringField("cell", row.cell());
        json.writeStringField("variant", row.variant());
        json.writeNumberField("replication", row.replication());
        json.writeStringField("metric", row.metric());
        json.writeStringField("unit", row.unit());
        json.writeFieldName("value");
        if (Double.isFinite(row.value())) {
            json.writeNumber(Numbers.decimal(row.value()));
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }
}
