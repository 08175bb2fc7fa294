package trainyard.scenario.validity;

import java.util.List;
import java.util.OptionalDouble;
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

    /** The table of a file. */
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
}
