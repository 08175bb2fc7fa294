package trainyard.scenario.validity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.Verification;
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
     */
    public record Row(String suite, String source, int compared, int gated, double meanErrorPercent) {}

    /** The table shipped with the product. */
    public static ValidityTable shipped() {
        CsvTable table = CsvTable.resource(ValidityTable.class, RESOURCE)
                .require("suite", "source", "compared", "gated", "mean_error_pct");
        return new ValidityTable(table.rows().stream()
                .map(row -> new Row(
                        row.text("suite"),
                        row.text("source"),
                        (int) row.number("compared"),
                        (int) row.number("gated"),
                        row.number("mean_error_pct")))
                .toList());
    }

    /** The table as the model is now, from the measurements shipped with the product. */
    public static ValidityTable measured() {
        List<Row> rows = new ArrayList<>();
        for (Suite suite : Suites.ofTheStep()) {
            for (SourceScore score :
                    Verification.run(suite, Measurements.shipped(suite)).sources()) {
                OptionalDouble error = score.meanAbsolutePercent();
                error.ifPresent(percent ->
                        rows.add(new Row(suite.name(), score.source(), score.compared(), score.gated(), percent)));
            }
        }
        return new ValidityTable(rows);
    }

    /** The table as the resource holds it. */
    public String csv() {
        StringBuilder text = new StringBuilder("suite,source,compared,gated,mean_error_pct\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%d,%.1f%n",
                    row.suite(),
                    row.source(),
                    row.compared(),
                    row.gated(),
                    row.meanErrorPercent()));
        }
        return text.toString().replace("\r", "");
    }
}
