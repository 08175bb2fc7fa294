package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.sim.units.NumberCommas;
import trainyard.sim.units.NumberSuffix;

/**
 * A number without a unit, optionally followed by what it counts, as in {@code 2e12 tokens}; a percentage may stand for one that counts
 * nothing.
 *
 * @param minimum smallest value allowed
 * @param maximum largest value allowed
 * @param noun plural of what is counted; empty where only the bare number is right
 */
public record NumberType(double minimum, double maximum, String noun) implements ScalarType<Double> {

    public NumberType(double minimum, double maximum) {
        this(minimum, maximum, "");
    }

    /** A share of a whole, from 0 to 1 or 0% to 100%. */
    public static final NumberType FRACTION = new NumberType(0, 1);

    @Override
    public Optional<Double> parse(Node.Scalar scalar, Problems problems) {
        String text = noun.isEmpty()
                ? scalar.text().strip()
                : scalar.text().strip().replaceFirst(" (" + noun + "|" + singular() + ")$", "");
        boolean percent = noun.isEmpty() && text.endsWith("%");
        try {
            double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
            double value = percent ? number / 100 : number;
            if (value >= minimum && value <= maximum) {
                return Optional.of(value);
            }
            boolean hundredths = noun.isEmpty() && !percent && isShareIn(value);
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    text + " is out of range",
                    "write " + (hundredths ? text + "%, or " : "") + describe());
        } catch (NumberFormatException notANumber) {
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    "'" + text + "' is not a number",
                    NumberCommas.of(scalar.text().strip())
                            .hint()
                            .or(() -> NumberSuffix.hint(scalar.text().strip()))
                            .orElse("write " + describe()));
        }
        return Optional.empty();
    }

    /** Whether who wrote so large a number for a share may have meant hundredths; 1.2 is rather a share that cannot be. */
    private boolean isShareIn(double hundredths) {
        return maximum == 1 && hundredths >= 5 && hundredths <= 100 && hundredths / 100 >= minimum;
    }

    @Override
    public ObjectNode schema() {
        ObjectNode number = JsonSchema.type("number").put("minimum", minimum);
        if (Double.isFinite(maximum)) {
            number.put("maximum", maximum);
        }
        return JsonSchema.anyOf(number, JsonSchema.type("string").put("pattern", pattern()));
    }

    private String pattern() {
        String digits = "^[0-9.]+([eE][+-]?[0-9]+)?";
        return digits + (noun.isEmpty() ? " ?%?$" : "( (" + noun + "|" + singular() + "))?$");
    }

    private String singular() {
        return noun.substring(0, noun.length() - 1);
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
