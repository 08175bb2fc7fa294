package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.sim.units.NumberCommas;
import trainyard.sim.units.NumberSuffix;

/**
 * A whole number, optionally followed by what it counts, as in {@code 1536 sequences}.
 *
 * @param minimum smallest value allowed
 * @param maximum largest value allowed
 * @param noun plural of what is counted; empty where only the bare number is right
 * @param remark what a hint adds for values out of range; empty for nothing
 */
public record IntegerType(long minimum, long maximum, String noun, String remark) implements ScalarType<Long> {

    /** A bare whole number. */
    public static IntegerType between(long minimum, long maximum) {
        return new IntegerType(minimum, maximum, "", "");
    }

    /** A count of things. */
    public static IntegerType of(String noun, long minimum, long maximum) {
        return new IntegerType(minimum, maximum, noun, "");
    }

    /** The same with a remark for values out of range. */
    public IntegerType remarked(String words) {
        return new IntegerType(minimum, maximum, noun, words);
    }

    @Override
    public Optional<Long> parse(Node.Scalar scalar, Problems problems) {
        String digits = digits(scalar.text());
        Optional<BigDecimal> whole = whole(digits);
        if (whole.isEmpty()) {
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    "'" + scalar.text() + "' is not a whole number" + (noun.isEmpty() ? "" : " of " + noun),
                    NumberCommas.of(scalar.text().strip())
                            .wholeHint()
                            .or(() -> NumberSuffix.hint(scalar.text().strip()))
                            .orElse("write " + plain()));
            return Optional.empty();
        }
        BigDecimal value = whole.get();
        if (value.compareTo(BigDecimal.valueOf(minimum)) < 0 || value.compareTo(BigDecimal.valueOf(maximum)) > 0) {
            // The digits of a number far beyond the range are not written out.
            boolean isLong = value.precision() - (long) value.scale() <= 18;
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    (isLong ? value.toPlainString() : digits) + " is out of range",
                    "write " + plain() + (remark.isEmpty() ? "" : "; " + remark));
            return Optional.empty();
        }
        return Optional.of(value.longValueExact());
    }

    /** The number, where it is whole, as 1e6 and 8.0 are, too. */
    private static Optional<BigDecimal> whole(String digits) {
        try {
            return Optional.of(new BigDecimal(digits).stripTrailingZeros()).filter(value -> value.scale() <= 0);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private String digits(String text) {
        if (noun.isEmpty()) {
            return text;
        }
        String singular = noun.substring(0, noun.length() - 1);
        return text.replaceFirst(" (" + noun + "|" + singular + ")$", "");
    }

    private String plain() {
        return describe().replace("`", "");
    }

    @Override
    public ObjectNode schema() {
        ObjectNode number = JsonSchema.type("integer").put("minimum", minimum).put("maximum", maximum);
        if (noun.isEmpty()) {
            return number;
        }
        String singular = noun.substring(0, noun.length() - 1);
        return JsonSchema.anyOf(
                number,
                JsonSchema.type("string")
                        .put("pattern", "^[0-9.]+([eE][+-]?[0-9]+)?( (" + noun + "|" + singular + "))?$"));
    }

    @Override
    public String describe() {
        if (minimum == maximum) {
            return "`" + minimum + "`";
        }
        String counted = noun.isEmpty() ? "" : ", such as `8 " + noun + "`";
        String range = maximum >= Integer.MAX_VALUE ? " from " + minimum : " from " + minimum + " to " + maximum;
        return "a whole number" + range + counted;
    }
}
