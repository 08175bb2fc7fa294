package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.report.figure.Estimate;
import trainyard.scenario.planning.StudyComparison;
import trainyard.scenario.planning.StudyComparison.Entry;
import trainyard.scenario.planning.StudyComparisonReport;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.metric.Metric;

/** What {@code compare} prints of designs with replications. */
final class StudyComparisonOutput {

    private static final String UNKNOWN = "UNKNOWN";
    private static final String EQUAL = "equal";
    private static final String DIFFERENCE = "difference (95 %)";

    private StudyComparisonOutput() {}

    /**
     * A column per design with its values, and for all but the baseline one with the difference, in blocks of a page's
     * width; below why values are unknown, and what all designs share.
     */
    static String text(StudyComparison comparison) {
        List<String> columns = new ArrayList<>(List.of(""));
        for (Entry entry : comparison.entries()) {
            columns.add(entry.name());
            if (entry != comparison.baseline()) {
                columns.add(DIFFERENCE);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        for (Metric metric : comparison.shown()) {
            List<String> row = row(comparison, metric, unknown);
            List<String> values = row.subList(1, row.size());
            if (values.stream().skip(1).allMatch(cell -> cell.equals(row.get(1)) || cell.equals(EQUAL))
                    && values.contains(EQUAL)) {
                shared.add(metric.words() + " " + row.get(1));
            } else if (values.stream().anyMatch(cell -> !cell.equals(UNKNOWN) && !cell.equals("-"))) {
                rows.add(row);
            }
        }
        StringBuilder text =
                new StringBuilder(rows.isEmpty() ? "" : new Listing(columns, rows).folded(Set.of(DIFFERENCE)));
        unknown.forEach((reason, metrics) ->
                text.append(wrapped(String.join(", ", metrics) + ": " + reason)).append('\n'));
        if (!shared.isEmpty()) {
            text.append(wrapped("The same in all: " + String.join(", ", shared)))
                    .append('\n');
        }
        return text.toString();
    }

    private static List<String> row(StudyComparison comparison, Metric metric, Map<String, List<String>> unknown) {
        List<String> row = new ArrayList<>(List.of(metric.words()));
        String like = largest(comparison, metric);
        for (Entry entry : comparison.entries()) {
            Optional<Double> value = entry.result().mean(metric);
            row.add(value.map(number -> metric.formatLike(number, like)).orElse(UNKNOWN));
            if (value.isEmpty()) {
                List<String> named =
                        unknown.computeIfAbsent(Unknown.reason(entry.result(), metric), any -> new ArrayList<>());
                if (!named.contains(metric.words())) {
                    named.add(metric.words());
                }
            }
            if (entry != comparison.baseline()) {
                row.add(comparison
                        .difference(entry, metric)
                        .map(difference -> difference.words(metric, like))
                        .orElse("-"));
            }
        }
        return row;
    }

    /** Words in lines of a page's width. */
    private static String wrapped(String words) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String word : words.split(" ")) {
            boolean next = length > 0 && length + 1 + word.length() > Listing.LINE;
            text.append(length == 0 ? "" : next ? "\n  " : " ").append(word);
            length = next ? 2 + word.length() : length + 1 + word.length();
        }
        return text.toString();
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
        ObjectNode document = Json.object()
                .put("ok", true)
                .put("sentence", StudyComparisonReport.sentence(comparison))
                .put("baseline", comparison.baseline().name());
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
        ArrayNode notes = document.putArray("notes");
        comparison.extrapolations().forEach(notes::add);
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
