package trainyard.scenario.verify.fact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/**
 * One row of a table of facts.
 *
 * @param row the row
 * @param subject what it is about, such as a system or a topic
 * @param parameters what was run
 * @param remarks the cell of the parameters as it is written
 * @param quantity what a score calls the value
 */
public record Fact(CsvRow row, String subject, RowParameters parameters, String remarks, String quantity) {

    /** The gate of a fact that counts. */
    public static final String GATED = "yes";

    /** Beside half a unit of the last digit, what binary fractions lose. */
    private static final double SLACK = 1 + 1e-9;

    public String id() {
        return row.requiredText("id");
    }

    public String metric() {
        return row.text("metric");
    }

    public String unit() {
        return row.text("unit");
    }

    public double value() {
        return row.number("value");
    }

    /** Whether the number was recalled and not read in a text. */
    public boolean isRecalled() {
        return row.text("verified").equals("recalled");
    }

    /** Whether the row counts: not where the number was only recalled. */
    public String gate() {
        return gateOr(GATED);
    }

    /** The same with another gate for rows that were read. */
    public String gateOr(String other) {
        return isRecalled() ? "no: recalled, not checked against a text" : other;
    }

    /** Half a unit of the last digit that the value is printed with; a whole number that ends in zeros may be exact. */
    public double rounding() {
        String text = row.text("value").toLowerCase(Locale.ROOT);
        int exponent = text.indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        int power = exponent < 0 ? 0 : Integer.parseInt(text.substring(exponent + 1));
        int point = digits.indexOf('.');
        return 0.5 * Math.pow(10, power - (point < 0 ? 0 : digits.length() - point - 1)) * SLACK;
    }

    /** Empty unless the value is a finite number. */
    public OptionalDouble number() {
        try {
            double value = Double.parseDouble(row.text("value"));
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The value with a prediction beside it. */
    public RowScore scored(double predicted, String gate) {
        return RowScore.scored(id(), quantity, predicted, value(), unit(), gate);
    }

    /** The same, held to a share of the value or to the rounding of its last digit, whichever is more. */
    public RowScore within(double predicted, double share, String gate) {
        double allowed = Math.max(share * Math.abs(value()), rounding());
        return scored(predicted, gate)
                .judged(
                        Math.abs(predicted - value()) <= allowed,
                        String.format(Locale.ROOT, "held to %.3g %% or its last digit", 100 * share));
    }

    /** A row that is not compared. */
    public RowScore skipped(String why) {
        return RowScore.skipped(id(), GATED, why);
    }

    /**
     * The score of the first model that knows the fact; skipped with a reason where none does, or that one cannot be asked.
     *
     * @param otherwise why a fact that no model knows is skipped
     */
    public RowScore scoredBy(List<FactModel> models, Function<Fact, String> otherwise) {
        try {
            return models.stream()
                    .map(model -> model.score(this))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> skipped(otherwise.apply(this)));
        } catch (RowSkipped skipped) {
            return skipped(skipped.getMessage());
        } catch (IllegalArgumentException refused) {
            return skipped("refused: " + refused.getMessage());
        }
    }
}
