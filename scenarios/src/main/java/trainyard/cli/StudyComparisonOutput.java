package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.report.figure.Estimate;
import trainyard.scenario.planning.StudyComparison;
import trainyard.scenario.planning.StudyComparison.Entry;
import trainyard.scenario.planning.StudyComparisonReport;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.Metric;

/** What {@code compare} prints of designs with replications. */
final class StudyComparisonOutput {

    private StudyComparisonOutput() {}

    /** A column per design with its values, and for all but the baseline one with the difference. */
    static String text(StudyComparison comparison) {
        List<String> columns = new ArrayList<>(List.of(""));
        for (Entry entry : comparison.entries()) {
            columns.add(entry.name());
            if (entry != comparison.baseline()) {
                columns.add("difference (95 %)");
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : comparison.shown()) {
            List<String> row = new ArrayList<>(List.of(metric.words()));
            String like = largest(comparison, metric);
            for (Entry entry : comparison.entries()) {
                row.add(entry.result()
                        .mean(metric)
                        .map(value -> metric.formatLike(value, like))
                        .orElseGet(() -> Unknown.reason(entry.result(), metric)));
                if (entry != comparison.baseline()) {
                    row.add(comparison
                            .difference(entry, metric)
                            .map(difference -> StudyComparisonReport.change(difference, metric, like))
                            .orElse("-"));
                }
            }
            rows.add(row);
        }
        return new Listing(columns, rows).text();
    }

    /** The largest value of a row, whose unit all of the row are in. */
    private static String largest(StudyComparison comparison, Metric metric) {
        return comparison.entries().stream()
                .flatMap(entry -> entry.result().mean(metric).stream())
                .filter(Double::isFinite)
                .max(Comparator.comparingDouble(Math::abs))
                .map(metric::format)
                .orElse("");
    }

    static ObjectNode json(StudyComparison comparison) {
        ObjectNode document = Json.object().put("ok", true).put("sentence", StudyComparisonReport.sentence(comparison));
        StudyComparisonReport.pairing(comparison).ifPresent(sentence -> document.put("pairing", sentence));
        ArrayNode designs = document.putArray("designs");
        for (Entry entry : comparison.entries()) {
            ObjectNode design = designs.addObject();
            design.put("name", entry.name())
                    .put("feasible", entry.result().isFeasible())
                    .put("replications", entry.result().outcomes().size())
                    .put("paired", comparison.isPaired(entry));
            ObjectNode metrics = design.putObject("metrics");
            comparison.shown().forEach(metric -> metrics.set(metric.name(), json(comparison, entry, metric)));
        }
        return document;
    }

    private static ObjectNode json(StudyComparison comparison, Entry entry, Metric metric) {
        ObjectNode row = Json.object().put("unit", metric.unit());
        entry.result()
                .estimate(metric)
                .ifPresentOrElse(
                        estimate -> put(row, estimate, 1),
                        () -> row.put("unknown", Unknown.reason(entry.result(), metric)));
        if (entry != comparison.baseline()) {
            comparison.difference(entry, metric).ifPresent(difference -> {
                ObjectNode node = row.putObject("difference");
                put(node, difference.estimate(), metric.unitSize());
                difference.halfWidth().ifPresent(half -> node.put("half_width", metric.inUnit(half)));
                comparison
                        .unpaired(entry, metric)
                        .flatMap(Difference::halfWidth)
                        .ifPresent(half -> node.put("half_width_unpaired", metric.inUnit(half)));
            });
        }
        return row;
    }

    private static void put(ObjectNode row, Estimate estimate, double unitSize) {
        row.put("value", estimate.value() / unitSize)
                .put("low", estimate.low() / unitSize)
                .put("high", estimate.high() / unitSize);
    }
}
