package trainyard.sim.units;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a count with a letter or a word for its thousands may mean, such as {@code 128k} or {@code 15 trillion}. */
public final class NumberSuffix {

    private static final Pattern LETTER = Pattern.compile(
            "(\\d{1,9}(?:\\.\\d{1,9})?) ?([kKmMbBgGtT]|thousand|million|billion|trillion)( [a-zA-Z]+)?");

    private static final int BINARY = 1024;

    private NumberSuffix() {}

    /** What to write instead, in words; empty where the text is no such number. A k may be 1024, as of tokens. */
    public static Optional<String> hint(String text) {
        Matcher matcher = LETTER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String decimal = plain(number.scaleByPowerOfTen(power(matcher.group(2))));
        String binary = plain(number.multiply(BigDecimal.valueOf(BINARY)));
        return Optional.of(
                matcher.group(2).equalsIgnoreCase("k")
                        ? "write " + decimal + ", or " + binary + " if k is " + BINARY
                        : "write " + decimal);
    }

    private static int power(String thousands) {
        return switch (thousands.toLowerCase(Locale.ROOT)) {
            case "k", "thousand" -> 3;
            case "m", "million" -> 6;
            case "t", "trillion" -> 12;
            default -> 9;
        };
    }

    /** Digits up to a million, above that as a power of ten: nobody counts the zeros of a trillion. */
    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < -6 ? stripped.unscaledValue() + "e" + -stripped.scale() : stripped.toPlainString();
    }
}
