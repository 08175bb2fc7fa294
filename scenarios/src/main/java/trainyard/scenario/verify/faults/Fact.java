package trainyard.scenario.verify.faults;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.sim.csv.CsvRow;

/**
 * One row of a table of facts.
 *
 * @param row the row
 * @param parameters its cell {@code params}
 */
record Fact(CsvRow row, RowParameters parameters) {

    static final List<String> COLUMNS =
            List.of("id", "system", "metric", "value", "unit", "params", "source", "locus", "verified", "provenance");

    static final String GATED = "yes";

    static Fact of(CsvRow row) {
        return new Fact(row, RowParameters.amongRemarks(row));
    }

    String id() {
        return row.requiredText("id");
    }

    String system() {
        return row.text("system");
    }

    String metric() {
        return row.text("metric");
    }

    String unit() {
        return row.text("unit");
    }

    String remarks() {
        return row.text(RowParameters.COLUMN);
    }

    double value() {
        return row.number("value");
    }

    /** Half a unit of the last digit that the value is printed with. */
    double rounding() {
        String text = row.text("value").toLowerCase(Locale.ROOT);
        int exponent = text.indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        int power = exponent < 0 ? 0 : Integer.parseInt(text.substring(exponent + 1));
        int point = digits.indexOf('.');
        return 0.5 * Math.pow(10, power - (point < 0 ? 0 : digits.length() - point - 1));
    }

    /** The value with a prediction beside it. */
    RowScore scored(double predicted, String gate) {
        String quantity = metric().substring(metric().lastIndexOf(':') + 1);
        return RowScore.scored(id(), quantity, predicted, value(), unit(), gate);
    }

    /** The same, held to a share of the value or to the rounding of its last digit, whichever is more. */
    RowScore within(double predicted, double share, String gate) {
        double allowed = Math.max(share * Math.abs(value()), rounding() * (1 + 1e-9));
        return scored(predicted, gate)
                .judged(
                        Math.abs(predicted - value()) <= allowed,
                        String.format(Locale.ROOT, "held to %.3g %% or its last digit", 100 * share));
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
}
