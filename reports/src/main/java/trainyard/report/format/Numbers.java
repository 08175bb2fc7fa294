package trainyard.report.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import trainyard.report.figure.Estimate;

/**
 * Prints numbers for people ({@link #of}, {@link #interval}) and for files ({@link #exact}). The result depends on the
 * value alone, never on the locale.
 */
public final class Numbers {

    /** Digits that survive a round trip of a decimal through a double (IEEE 754 binary64). */
    private static final int DECIMAL_DIGITS_OF_DOUBLE = 15;

    private static final int LARGEST_PLAIN_EXPONENT = 9;
    private static final int SMALLEST_PLAIN_EXPONENT = -4;
    private static final int DIGITS = 4;
    private static final int INTERVAL_DIGITS = 2;
    private static final int LONGEST_FRACTION = 9;

    /** Decimals of a number beside its interval; one that needs more is a power of ten. */
    private static final int LONGEST_BESIDE_INTERVAL = 6;

    private static final double PREFIXED_FROM = 1e6;

    /** Decimal prefixes of the SI by powers of 1000; thousands keep their digits. */
    private static final List<String> PREFIXES = List.of("", "", " M", " G", " T", " P", " E");

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /**
     * Prints {@code value} rounded to {@code significantDigits}, without trailing zeros, with commas between thousands, and
     * as a power of ten below 10^-4 and from 10^10 on. Integers below that keep all their digits.
     */
    public static String of(double value, int significantDigits) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        BigDecimal exact = new BigDecimal(value);
        if (exact.signum() == 0) {
            return "0";
        }
        boolean integer = value == Math.rint(value) && Math.abs(value) < 1e10;
        BigDecimal rounded = integer ? exact : exact.round(new MathContext(significantDigits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < SMALLEST_PLAIN_EXPONENT || exponent > LARGEST_PLAIN_EXPONENT) {
            return scientific(rounded.round(new MathContext(significantDigits)), exponent);
        }
        return grouped(rounded.stripTrailingZeros().toPlainString());
    }

    /** Prints {@code value} with four significant digits. */
    public static String of(double value) {
        return of(value, DIGITS);
    }

    /**
     * As {@link #of(double, int)} where little room is left: from a million on with a decimal prefix of the SI, such as
     * "3.35 M", "10 G" and "2 T".
     */
    public static String compact(double value, int significantDigits) {
        if (!Double.isFinite(value) || Math.abs(value) < PREFIXED_FROM / 10) {
            return of(value, significantDigits);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(significantDigits, RoundingMode.HALF_EVEN));
        int prefix = prefix(rounded.doubleValue());
        double scaled = prefix == 0 ? value : rounded.movePointLeft(3 * prefix).doubleValue();
        return of(scaled, significantDigits) + PREFIXES.get(prefix);
    }

    /**
     * Prints one of several values that are compared, such as the labels of an axis: the largest decides the prefix of
     * {@link #compact}, and the smallest difference the decimals.
     *
     * @param largest magnitude of the largest value
     * @param exponent power of ten of the smallest difference
     */
    public static String compactFixed(double value, double largest, int exponent) {
        int prefix = prefix(largest);
        if (value == 0 && prefix > 0) {
            return "0";
        }
        double scaled = prefix == 0
                ? value
                : new BigDecimal(value).movePointLeft(3 * prefix).doubleValue();
        return fixed(scaled, Math.max(0, 3 * prefix - exponent)) + PREFIXES.get(prefix);
    }

    /** Which of the prefixes suits a magnitude: the factor is 1000 to that power; none below a million. */
    private static int prefix(double value) {
        double size = Math.abs(value);
        if (!(size >= PREFIXED_FROM) || Double.isInfinite(size)) {
            return 0;
        }
        return Math.min(PREFIXES.size() - 1, (int) Math.floor(Math.log10(size) / 3 + 1e-9));
    }

    /** Prints {@code value} with a fixed number of decimals and commas between thousands. */
    public static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return grouped((rounded.signum() == 0 ? rounded.abs() : rounded).toPlainString());
    }

    /** Decimals at which {@code value} shows {@code significantDigits}, at least 0 and at most 9. */
    public static int decimals(double value, int significantDigits) {
        if (value == 0 || !Double.isFinite(value)) {
            return 0;
        }
        int decimals = significantDigits - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
        return Math.max(0, Math.min(LONGEST_FRACTION, decimals));
    }

    /**
     * Prints the value and, where it has one, its interval: "0.931 (0.925 to 0.937)". The half-width decides the decimals:
     * it shows two digits, or one where the value has four digits without the second. An interval whose ends print alike is not told.
     */
    public static String withInterval(Estimate estimate) {
        boolean isPoint = atPrecisionOf(estimate, estimate.low()).equals(atPrecisionOf(estimate, estimate.high()));
        if (estimate.isExact() || isPoint) {
            return of(estimate.value());
        }
        return atPrecisionOf(estimate, estimate.value()) + " (" + interval(estimate) + ")";
    }

    /** Prints the interval alone: "0.925 to 0.937". */
    public static String interval(Estimate estimate) {
        return atPrecisionOf(estimate, estimate.low()) + " to " + atPrecisionOf(estimate, estimate.high());
    }

    /** Prints a ratio as a signed difference in percent: 1.123 becomes "+12.3 %", 1 becomes "±0 %". */
    public static String relativeChange(double ratio) {
        if (!Double.isFinite(ratio)) {
            return notFinite(ratio);
        }
        double percent = (ratio - 1) * 100;
        String digits = Math.abs(percent) < 100 ? of(roundTo(Math.abs(percent), 1)) : fixed(Math.abs(percent), 0);
        if (digits.equals("0")) {
            return "±0 %";
        }
        return (percent > 0 ? "+" : "−") + digits + " %";
    }

    /**
     * Prints {@code value} for files: up to 15 significant digits, no grouping, so that 0.1 + 0.2 becomes 0.3; NaN and
     * infinities become "NaN", "inf" and "-inf".
     */
    public static String exact(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return decimal(value).toString();
    }

    /** {@code value} at 15 significant digits. Throws {@link NumberFormatException} when it is not finite. */
    public static BigDecimal decimal(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DECIMAL_DIGITS_OF_DOUBLE));
        BigDecimal stripped = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        boolean integer = stripped.scale() < 0 && stripped.precision() - stripped.scale() <= DECIMAL_DIGITS_OF_DOUBLE;
        return integer ? stripped.setScale(0) : stripped;
    }

    private static String atPrecisionOf(Estimate estimate, double value) {
        double halfWidth = (estimate.high() - estimate.low()) / 2;
        if (halfWidth <= 0) {
            return of(value);
        }
        int digits = decimals(estimate.value(), DIGITS);
        int first = -(int) Math.floor(Math.log10(halfWidth));
        int decimals = Math.max(first, Math.min(first + INTERVAL_DIGITS - 1, digits));
        boolean plain = decimals <= LONGEST_BESIDE_INTERVAL && Math.abs(value) < 1e10;
        return plain ? fixed(value, Math.max(0, decimals)) : of(value);
    }

    private static double roundTo(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static String notFinite(double value) {
        if (Double.isNaN(value)) {
            return "n/a";
        }
        return value > 0 ? "∞" : "−∞";
    }

    private static String scientific(BigDecimal rounded, int exponent) {
        String mantissa = rounded.movePointLeft(exponent)
                .stripTrailingZeros()
                .toPlainString()
                .replace('-', '−');
        return switch (mantissa) {
            case "1" -> power(exponent);
            case "−1" -> "−" + power(exponent);
            default -> mantissa + " × " + power(exponent);
        };
    }

    /** Prints 10 to the power of {@code exponent} with a raised exponent. */
    public static String power(int exponent) {
        StringBuilder text = new StringBuilder("10");
        for (char digit : Integer.toString(exponent).toCharArray()) {
            text.append(digit == '-' ? '⁻' : SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }

    private static String grouped(String plain) {
        boolean negative = plain.startsWith("-");
        String digits = negative ? plain.substring(1) : plain;
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        StringBuilder text = new StringBuilder(digits);
        for (int i = whole.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return (negative ? "−" : "") + text;
    }
}
