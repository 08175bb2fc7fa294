package trainyard.scenario.verify;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes, as plain text, the errors after calibration beside those before, and what was calibrated. */
final class CalibrationText {

    private static final String ROW = "%-26s %6s %5s %8s %8s %8s %8s %8s\n";

    private CalibrationText() {}

    /** Empty where nothing was calibrated. */
    static String render(VerificationResult result) {
        if (result.calibrated().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                "\nCalibrated with a few rows of each cluster, which the calibrated" + " figures leave out:\n\n");
        text.append(
                String.format(Locale.ROOT, ROW, "source", "used", "gated", "before %", "MAPE %", "p90", "max", "bias"));
        for (SourceScore source : result.sources()) {
            result.calibrated(source.source()).ifPresent(after -> text.append(line(source, after)));
        }
        result.calibrated().forEach(after -> after.clusters().forEach(cluster -> text.append(factors(after, cluster))));
        return text.toString();
    }

    private static String line(SourceScore before, CalibratedScore after) {
        SourceScore score = after.score();
        return String.format(
                Locale.ROOT,
                ROW,
                before.source(),
                after.calibrationRows(),
                score.gated(),
                percent("%.1f", before.meanAbsolutePercent()),
                percent("%.1f", score.meanAbsolutePercent()),
                percent("%.1f", score.p90Percent()),
                percent("%.1f", score.maxPercent()),
                percent("%+.1f", score.biasPercent()));
    }

    private static String factors(CalibratedScore after, CalibratedScore.Cluster cluster) {
        String factors = cluster.factors().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s x %.3f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return "\n" + after.score().source() + ", " + cluster.name() + ": " + factors + "\n  rows "
                + String.join(" ", cluster.rows()) + "\n";
    }

    private static String percent(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }
}
