package trainyard.scenario.validity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.VerificationResult;
import trainyard.sim.csv.CsvTable;

/**
 * The errors of the model of a training step per source of measurements.
 *
 * @param rows one per source that has rows to compare with
 */
public record ValidityTable(List<Row> rows) {

    private static final String RESOURCE = "validity.csv";

    public ValidityTable {
        rows = List.copyOf(rows);
    }

    /**
     * The error against one source.
     *
     * @param suite suite that found it
     * @param source name of the source
     * @param compared rows compared
     * @param gated of these, rows whose inputs are stated well enough to count
     * @param meanErrorPercent mean absolute error, in per cent, over gated rows or, where none is, over all compared
     * @param biasPercent mean signed error over the same rows
     * @param calibratedErrorPercent mean absolute error of the rows left out of the calibration; empty where the source was
     *     not calibrated
     */
    public record Row(
            String suite,
            String source,
            int compared,
            int gated,
            double meanErrorPercent,
            double biasPercent,
            OptionalDouble calibratedErrorPercent) {}

    /** The table shipped with the product. */
    public static ValidityTable shipped() {
        return read(CsvTable.resource(ValidityTable.class, RESOURCE));
    }

    /** The table that {@link #csv} wrote. */
    static ValidityTable read(CsvTable table) {
        table.require(
                "suite", "source", "compared", "gated", "mean_error_pct", "bias_pct", "calibrated_mean_error_pct");
        return new ValidityTable(table.rows().stream()
                .map(row -> new Row(
                        row.text("suite"),
                        row.text("source"),
                        (int) row.number("compared"),
                        (int) row.number("gated"),
                        row.number("mean_error_pct"),
                        row.number("bias_pct"),
                        row.optionalNumber("calibrated_mean_error_pct")))
                .toList());
    }

    /** The table of what suites have found. */
    public static ValidityTable of(List<VerificationResult> results) {
        List<Row> rows = new ArrayList<>();
        for (VerificationResult result : results) {
            for (SourceScore score : result.sources()) {
                if (score.meanAbsolutePercent().isPresent()) {
                    rows.add(row(result, score));
                }
            }
        }
        return new ValidityTable(rows);
    }

    private static Row row(VerificationResult result, SourceScore score) {
        return new Row(
                result.suite(),
                score.source(),
                score.compared(),
                score.gated(),
                score.meanAbsolutePercent().getAsDouble(),
                score.biasPercent().getAsDouble(),
                result.calibrated(score.source())
                        .map(after -> after.score().meanAbsolutePercent())
                        .orElse(OptionalDouble.empty()));
    }

    /** The table as the resource holds it. */
    public String csv() {
        StringBuilder text =
                new StringBuilder("suite,source,compared,gated,mean_error_pct,bias_pct,calibrated_mean_error_pct\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%d,%.1f,%.1f,%s%n",
                    row.suite(),
                    row.source(),
                    row.compared(),
                    row.gated(),
                    row.meanErrorPercent(),
                    row.biasPercent(),
                    percent(row.calibratedErrorPercent(), "")));
        }
        return text.toString().replace("\r", "");
    }

    /** The rows of one suite as a Markdown table, as the page on accuracy shows it. */
    public String markdown(String suite) {
        StringBuilder text = new StringBuilder("| source | scored | gated | mean error % | bias % | calibrated % |\n");
        text.append("|---|---:|---:|---:|---:|---:|\n");
        for (Row row : rows) {
            if (row.suite().equals(suite)) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.1f | %+.1f | %s |\n",
                        row.source(),
                        row.compared(),
                        row.gated(),
                        row.meanErrorPercent(),
                        row.biasPercent(),
                        percent(row.calibratedErrorPercent(), "–")));
            }
        }
        return text.toString();
    }

    private static String percent(OptionalDouble value, String none) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : none;
    }
}
