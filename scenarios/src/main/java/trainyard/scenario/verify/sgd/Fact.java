package trainyard.scenario.verify.sgd;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.sim.csv.CsvRow;

/**
 * One row of a table of facts.
 *
 * @param row the row
 * @param setting its cell {@code setting}: what was run
 */
record Fact(CsvRow row, RowParameters setting) {

    static final List<String> COLUMNS =
            List.of("id", "topic", "setting", "metric", "value", "unit", "note", "verified", "source");

    static final String GATED = "yes";

    static Fact of(CsvRow row) {
        return new Fact(row, RowParameters.amongRemarks(row, "setting"));
    }

    String id() {
        return row.requiredText("id");
    }

    String topic() {
        return row.text("topic");
    }

    String metric() {
        return row.text("metric");
    }

    String unit() {
        return row.text("unit");
    }

    double value() {
        return row.number("value");
    }

    /** Whether the row counts: not where the number was only recalled. */
    String gate() {
        return gateOr(GATED);
    }

    /** The same with another gate for rows that were read. */
    String gateOr(String other) {
        return row.text("verified").equals("recalled") ? "no: recalled, not checked against a text" : other;
    }

    /** Half a unit of the last digit that the value is printed with; a whole number that ends in zeros may be exact. */
    double rounding() {
        String text = row.text("value");
        int point = text.indexOf('.');
        return 0.5 * Math.pow(10, point < 0 ? 0 : point + 1.0 - text.length()) * (1 + 1e-9);
    }

    /** Empty unless the value is a finite number. */
    OptionalDouble number() {
        try {
            double value = Double.parseDouble(row.text("value"));
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The value with a prediction beside it. */
    RowScore scored(double predicted, String gate) {
        return RowScore.scored(id(), topic() + " " + metric(), predicted, value(), unit(), gate);
    }
}
