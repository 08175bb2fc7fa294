package trainyard.sim.units;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number with commas may mean. Some write 4,327 for 4327 and some for 4.327, which only they can tell; where a comma can
 * stand for one of the two alone, there is one reading.
 *
 * @param thousands the text with commas between thousands left out; empty where they cannot be that
 * @param decimal the text with a point for a decimal comma; empty where it cannot be one
 */
public record NumberCommas(Optional<String> thousands, Optional<String> decimal) {

    private static final String REST = "((?:[eE][+-]?\\d+)?(?:[^\\d,.].*)?)";
    private static final Pattern THOUSANDS =
            Pattern.compile("([+-]?[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d+)?)" + REST, Pattern.DOTALL);
    private static final Pattern DECIMAL = Pattern.compile("([+-]?\\d+(?:\\.\\d{3})*),(\\d+)" + REST, Pattern.DOTALL);

    /**
     * Reads a text that begins with a number, which a unit may follow.
     *
     * @param text without blanks around it
     */
    public static NumberCommas of(String text) {
        Matcher thousands = THOUSANDS.matcher(text);
        Matcher decimal = DECIMAL.matcher(text);
        return new NumberCommas(
                thousands.matches()
                        ? Optional.of(thousands.group(1).replace(",", "") + thousands.group(2))
                        : Optional.empty(),
                decimal.matches()
                        ? Optional.of(decimal.group(1).replace(".", "") + "." + decimal.group(2) + decimal.group(3))
                        : Optional.empty());
    }

    /** What to write instead, in words without a final stop; empty where the commas are not those of a number. */
    public Optional<String> hint() {
        if (thousands.isPresent() && decimal.isPresent()) {
            return Optional.of("write " + thousands.get() + " if the comma parts thousands, " + decimal.get()
                    + " if it is a decimal comma");
        }
        return decimal.map(text -> "a decimal comma is written as a point: " + text)
                .or(this::wholeHint);
    }

    /** The same of a number that has to be whole. */
    public Optional<String> wholeHint() {
        return thousands.map(text -> "thousands are written without commas: " + text);
    }
}
