package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * A whole number of things, or a part of one in thousandths, as in {@code 0.25}; read exactly, in thousandths.
 *
 * @param maximum largest number, at least 1
 * @param noun plural of what is counted
 */
public record AmountType(long maximum, String noun) implements ScalarType<Long> {

    private static final long THOUSANDTHS = 1000;

    /** No exponent: that of {@code 1e99999999} would be written out. */
    private static final String DIGITS = "[+-]?([0-9]{1,30}([.][0-9]{0,30})?|[.][0-9]{1,30})";

    @Override
    public Optional<Long> parse(Node.Scalar scalar, Problems problems) {
        String singular = noun.substring(0, noun.length() - 1);
        String digits = scalar.text().replaceFirst(" (" + noun + "|" + singular + ")$", "");
        try {
            if (!digits.matches(DIGITS)) {
                throw new NumberFormatException(digits);
            }
            BigDecimal thousandths = new BigDecimal(digits).movePointRight(3);
            boolean whole =
                    thousandths.remainder(BigDecimal.valueOf(THOUSANDTHS)).signum() == 0;
            boolean part = thousandths.remainder(BigDecimal.ONE).signum() == 0
                    && thousandths.compareTo(BigDecimal.valueOf(THOUSANDTHS)) < 0;
            boolean inRange =
                    thousandths.signum() > 0 && thousandths.compareTo(BigDecimal.valueOf(maximum * THOUSANDTHS)) <= 0;
            if (inRange && (whole || part)) {
                return Optional.of(thousandths.longValueExact());
            }
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    digits + (inRange ? " is neither whole nor a part of one in thousandths" : " is out of range"),
                    "write " + describe().replace("`", ""));
        } catch (NumberFormatException notANumber) {
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    "'" + scalar.text() + "' is not a number of " + noun,
                    "write " + describe().replace("`", ""));
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        String singular = noun.substring(0, noun.length() - 1);
        return JsonSchema.anyOf(
                JsonSchema.type("integer").put("minimum", 1).put("maximum", maximum),
                JsonSchema.type("number").put("exclusiveMinimum", 0).put("maximum", 1),
                JsonSchema.type("string")
                        .put("pattern", "^([0-9]+|0?[.][0-9]{1,3})( (" + noun + "|" + singular + "))?$"));
    }

    @Override
    public String describe() {
        return "a whole number from 1, such as `8 " + noun + "`, or a part of one in thousandths, such as `0.25`";
    }
}
