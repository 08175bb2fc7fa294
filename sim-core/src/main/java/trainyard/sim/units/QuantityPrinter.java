package trainyard.sim.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses a unit and writes the number; never uses the default locale. */
final class QuantityPrinter {
    private static final int SIGNIFICANT_DIGITS = 4;
    private static final int READABLE_DIGITS = 6;
    private static final int WHOLE_DIGITS_KEPT = 7;

    /** Money is read and added up to the last dollar; a trillion has thirteen digits. */
    private static final int WHOLE_DIGITS_OF_MONEY = 12;

    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private QuantityPrinter() {}

    static String rounded(double value, Dimension dimension) {
        if (Double.isNaN(value)) {
            return "n/a";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        List<Unit> ladder = printed(dimension);
        int kept = wholeDigits(dimension);
        for (Unit unit : ladder) {
            BigDecimal number = round(unit.fromBase(value), kept);
            if (number.abs().compareTo(BigDecimal.ONE) >= 0) {
                return join(grouped(plain(number, kept)), number, unit);
            }
        }
        Unit smallest = value == 0 ? base(dimension) : ladder.get(ladder.size() - 1);
        BigDecimal number = round(smallest.fromBase(value), kept);
        return join(grouped(plain(number, kept)), number, smallest);
    }

    static String roundedLike(double value, String like, Dimension dimension) {
        String spelling = like.strip().replaceFirst("^[+-]?[0-9.,]+([eE][+-]?[0-9]+)?\\s*", "");
        if (spelling.isEmpty() || !Double.isFinite(value)) {
            return rounded(value, dimension);
        }
        return dimension
                .unit(spelling)
                .map(unit -> {
                    int kept = wholeDigits(dimension);
                    BigDecimal number = round(unit.fromBase(value), kept);
                    return join(grouped(plain(number, kept)), number, unit);
                })
                .orElseGet(() -> rounded(value, dimension));
    }

    static String exact(Quantity quantity) {
        double value = quantity.value();
        String best = "";
        for (Unit unit : largestFirst(quantity.dimension().units())) {
            BigDecimal number = shortest(value, unit);
            String text = join(plain(number, WHOLE_DIGITS_KEPT), number, unit);
            if (number.abs().compareTo(BigDecimal.ONE) >= 0 && number.precision() <= READABLE_DIGITS) {
                return text;
            }
            if (best.isEmpty() || text.length() < best.length()) {
                best = text;
            }
        }
        return best;
    }

    /** The number with the fewest digits that reads back to the same double. */
    private static BigDecimal shortest(double value, Unit unit) {
        BigDecimal exact = unit.fromBase(value);
        for (int digits = 1; digits < MathContext.DECIMAL128.getPrecision(); digits++) {
            BigDecimal number = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (unit.toBase(number.toString()) == value) {
                return number;
            }
        }
        return exact;
    }

    private static int wholeDigits(Dimension dimension) {
        return dimension == Dimension.MONEY ? WHOLE_DIGITS_OF_MONEY : WHOLE_DIGITS_KEPT;
    }

    private static BigDecimal round(BigDecimal exact, int kept) {
        int whole = exact.precision() - exact.scale();
        int digits = whole <= kept ? Math.max(SIGNIFICANT_DIGITS, whole) : SIGNIFICANT_DIGITS;
        return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String join(String digits, BigDecimal number, Unit unit) {
        String suffix = number.compareTo(BigDecimal.ONE) == 0 ? unit.symbol() : unit.plural();
        boolean attached = suffix.isEmpty() || suffix.startsWith("%");
        return digits + (attached ? "" : " ") + suffix;
    }

    /** Plain digits where they stay short, else an exponent that is a multiple of three for large numbers. */
    private static String plain(BigDecimal number, int kept) {
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.signum() == 0) {
            return "0";
        }
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < kept) {
            return stripped.toPlainString();
        }
        int shown = exponent > 0 ? exponent - exponent % 3 : exponent;
        return stripped.movePointLeft(shown).toPlainString() + "e" + shown;
    }

    /** Commas between the thousands of the whole part. */
    private static String grouped(String digits) {
        return digits.replaceAll("(?<=^-?\\d{1,9})(?=(\\d{3})+(?!\\d)(\\.|$))", ",");
    }

    private static List<Unit> largestFirst(List<Unit> units) {
        List<Unit> sorted = new ArrayList<>(units);
        sorted.sort(Comparator.comparingDouble(Unit::size).reversed());
        return sorted;
    }

    private static List<Unit> printed(Dimension dimension) {
        return largestFirst(dimension.units().stream().filter(Unit::printed).toList());
    }

    private static Unit base(Dimension dimension) {
        return dimension.units().stream()
                .filter(unit -> unit.printed() && unit.size() == 1)
                .findFirst()
                .orElse(printed(dimension).get(0));
    }
}
