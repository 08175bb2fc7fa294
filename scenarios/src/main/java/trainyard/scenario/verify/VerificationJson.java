package trainyard.scenario.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/**
 * Writes a result as JSON: the suite, one object per source, one per row, and the verdicts whether runs fit where the
 * suite gives any. Figures that do not exist are null; a source that was calibrated has keys that begin with
 * {@code calibrat} besides.
 */
public final class VerificationJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private VerificationJson() {}

    public static String render(VerificationResult result) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("suite", result.suite());
        ArrayNode sources = root.putArray("sources");
        ArrayNode rows = root.putArray("rows");
        for (SourceScore source : result.sources()) {
            ObjectNode node = sources.addObject();
            write(node, source);
            result.calibrated(source.source()).ifPresent(calibrated -> write(node, calibrated));
            source.rows().forEach(row -> write(rows.addObject(), source.source(), row));
        }
        result.verdicts().ifPresent(verdicts -> write(root.putObject("verdicts"), verdicts));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static void write(ObjectNode node, SourceScore source) {
        node.put("source", source.source());
        node.put("n", source.rows().size());
        node.put("scored", source.compared());
        node.put("skipped", source.skipped());
        node.put("failed", source.failed());
        node.put("gated", source.gated());
        put(node, "mape_pct", source.meanAbsolutePercent());
        put(node, "median_pct", source.medianPercent());
        put(node, "p90_pct", source.p90Percent());
        put(node, "max_pct", source.maxPercent());
        put(node, "bias_pct", source.biasPercent());
    }

    private static void write(ObjectNode node, CalibratedScore calibrated) {
        SourceScore score = calibrated.score();
        node.put("calibrated_gated", score.gated());
        put(node, "calibrated_mape_pct", score.meanAbsolutePercent());
        put(node, "calibrated_median_pct", score.medianPercent());
        put(node, "calibrated_p90_pct", score.p90Percent());
        put(node, "calibrated_max_pct", score.maxPercent());
        put(node, "calibrated_bias_pct", score.biasPercent());
        ArrayNode clusters = node.putArray("calibration");
        for (CalibratedScore.Cluster cluster : calibrated.clusters()) {
            ObjectNode entry = clusters.addObject();
            entry.put("cluster", cluster.name());
            ArrayNode rows = entry.putArray("rows");
            cluster.rows().forEach(rows::add);
            ObjectNode factors = entry.putObject("factors");
            cluster.factors().forEach(factors::put);
        }
    }

    private static void write(ObjectNode node, String source, RowScore row) {
        node.put("source", source);
        node.put("id", row.id());
        node.put("quantity", row.quantity());
        put(node, "predicted", row.predicted());
        put(node, "published", row.published());
        node.put("unit", row.unit());
        put(node, "error_pct", row.errorPercent());
        node.put("gate", row.gate());
        node.put("status", row.status().label());
        node.put("reason", row.reason());
    }

    private static void write(ObjectNode node, FitVerdicts verdicts) {
        node.put("ran", verdicts.ran());
        node.put("ran_fit", verdicts.ranFit());
        node.put("out_of_memory", verdicts.outOfMemory());
        node.put("out_of_memory_refused", verdicts.outOfMemoryRefused());
        put(node, "balanced_accuracy_pct", verdicts.balancedAccuracyPercent());
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent()) {
            node.put(name, value.getAsDouble());
        } else {
            node.putNull(name);
        }
    }
}
