package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * A number without a unit; a percentage may stand for it.
 *
 * @param minimum smallest value allowed
 * @param maximum largest value allowed
 */
public record NumberType(double minimum, double maximum) implements ScalarType<Double> {

    /** A share of a whole, from 0 to 1 or 0% to 100%. */
    public static final NumberType FRACTION = new NumberType(0, 1);

    @Override
    public Optional<Double> parse(Node.Scalar scalar, Problems problems) {
        String text = scalar.text().strip();
        boolean percent = text.endsWith("%");
        try {
            double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
            double value = percent ? number / 100 : number;
            if (value >= minimum && value <= maximum) {
                return Optional.of(value);
            }
            problems.add(scalar.position(), Problem.Kind.VALUE, text + " is out of range", "write " + describe());
        } catch (NumberFormatException notANumber) {
            problems.add(
                    scalar.position(), Problem.Kind.VALUE, "'" + text + "' is not a number", "write " + describe());
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode number = JsonSchema.type("number").put("minimum", minimum);
        if (Double.isFinite(maximum)) {
            number.put("maximum", maximum);
        }
        return JsonSchema.anyOf(number, JsonSchema.type("string").put("pattern", "^[0-9.]+([eE][+-]?[0-9]+)? ?%?$"));
    }

    @Override
    public String describe() {
        String from = "a number from " + text(minimum);
        return Double.isFinite(maximum) ? from + " to " + text(maximum) : from;
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : Double.toString(bound);
    }
}
