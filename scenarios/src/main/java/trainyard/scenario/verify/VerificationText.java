package trainyard.scenario.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Writes a result as plain text: a table of the sources, the worst rows of each, why rows were skipped. */
public final class VerificationText {

    private static final String HEADER =
            String.format(Locale.ROOT, "%-26s %5s %6s %7s %6s %5s %7s %7s %7s %8s %7s\n", (Object[]) new String[] {
                "source", "n", "scored", "skipped", "failed", "gated", "MAPE %", "median", "p90", "max", "bias"
            });

    private VerificationText() {}

    public static String render(VerificationResult result) {
        StringBuilder text = new StringBuilder("verify " + result.suite() + "\n\n").append(HEADER);
        for (SourceScore source : result.sources()) {
            text.append(line(source.source(), source));
            source.bands().forEach(band -> text.append(line("  " + band.source(), band)));
        }
        text.append("\nErrors are over gated rows; over scored rows where none is gated.\n");
        text.append(CalibrationText.render(result));
        long failedGated =
                result.sources().stream().mapToInt(SourceScore::failedGated).sum();
        if (failedGated > 0) {
            text.append("Gated rows outside their tolerance or refused: ")
                    .append(failedGated)
                    .append(".\n");
        }
        result.verdicts().ifPresent(verdicts -> text.append(verdicts.sentence()).append('\n'));
        result.sources().forEach(source -> appendOverall(text, source));
        result.sources().forEach(source -> appendWorst(text, source));
        result.sources().forEach(source -> appendByFormOnly(text, source));
        result.sources().forEach(source -> appendReasons(text, "refused", source.source(), source.refusedReasons()));
        result.sources().forEach(source -> appendReasons(text, "skipped", source.source(), source.skippedReasons()));
        if (!result.ignored().isEmpty()) {
            text.append("\nignored:\n");
            result.ignored().forEach(file -> text.append("  ").append(file).append('\n'));
        }
        return text.toString();
    }

    private static String line(String name, SourceScore source) {
        return String.format(
                Locale.ROOT,
                "%-26s %5d %6d %7d %6d %5d %7s %7s %7s %8s %7s\n",
                name,
                source.rows().size(),
                source.compared(),
                source.skipped(),
                source.failed(),
                source.gated(),
                percent("%.1f", source.meanAbsolutePercent()),
                percent("%.1f", source.medianPercent()),
                percent("%.1f", source.p90Percent()),
                percent("%.1f", source.maxPercent()),
                percent("%+.1f", source.biasPercent()));
    }

    private static String percent(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }

    private static void appendOverall(StringBuilder text, SourceScore source) {
        source.rows().stream()
                .filter(RowScore::isOverall)
                .forEach(row -> text.append(String.format(
                        Locale.ROOT,
                        "%s: %s %.3g %s, %s: %s.\n",
                        source.source(),
                        row.quantity(),
                        row.predicted().getAsDouble(),
                        row.unit(),
                        row.reason(),
                        row.status().label())));
    }

    private static void appendWorst(StringBuilder text, SourceScore source) {
        if (source.worst().isEmpty()) {
            return;
        }
        text.append("\nworst of ").append(source.source()).append(":\n");
        for (RowScore row : source.worst()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-24s %-22s predicted %12s  published %12s %-8s %8s %%%s\n",
                    row.id(),
                    row.quantity(),
                    percent("%.5g", row.predicted()),
                    percent("%.5g", row.published()),
                    row.unit(),
                    percent("%+.1f", row.errorPercent()),
                    row.reason().isEmpty() ? "" : "  " + row.reason()));
        }
    }

    private static void appendByFormOnly(StringBuilder text, SourceScore source) {
        Map<String, Integer> quantities = new TreeMap<>();
        source.rows().stream()
                .filter(RowScore::isByFormOnly)
                .forEach(row -> quantities.merge(row.quantity(), 1, Integer::sum));
        if (!quantities.isEmpty()) {
            text.append("\nby form only of ").append(source.source()).append(":\n");
            quantities.forEach(
                    (quantity, count) -> text.append(String.format(Locale.ROOT, "  %5d  %s\n", count, quantity)));
        }
    }

    private static void appendReasons(StringBuilder text, String what, String source, Map<String, Integer> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        reasons.forEach((reason, count) ->
                lines.add(String.format(Locale.ROOT, "  %5d  %s\n", count, reason.replace("\n", ". "))));
        text.append("\n")
                .append(what)
                .append(" of ")
                .append(source)
                .append(":\n")
                .append(String.join("", lines));
    }
}
