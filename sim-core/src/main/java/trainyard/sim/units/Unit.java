package trainyard.sim.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;

/**
 * One unit of a dimension. A value {@code x} in this unit is {@code x * multiplier / divisor} in the base unit; both
 * factors are whole numbers that a {@code double} holds exactly.
 *
 * @param symbol how it is written after 1, such as {@code day} or {@code GB/s}
 * @param plural how it is written after any other number
 * @param name full name for messages, such as {@code gigabytes per second}
 * @param multiplier numerator of the factor to the base unit
 * @param divisor denominator of the factor to the base unit
 * @param printed whether printers may choose it
 * @param otherSpellings further spellings that are read but never printed
 */
record Unit(
        String symbol,
        String plural,
        String name,
        double multiplier,
        double divisor,
        boolean printed,
        List<String> otherSpellings) {

    Unit {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(plural, "plural");
        Objects.requireNonNull(name, "name");
        otherSpellings = List.copyOf(otherSpellings);
    }

    /** A unit with one spelling that printers may choose. */
    static Unit of(String symbol, String name, double multiplier, double divisor) {
        return new Unit(symbol, symbol, name, multiplier, divisor, true, List.of());
    }

    /** The same unit, read but never printed. */
    Unit readOnly() {
        return new Unit(symbol, plural, name, multiplier, divisor, false, otherSpellings);
    }

    /** This unit over another one: {@code USD} and {@code GPU-hour} give {@code USD/GPU-hour}. */
    Unit per(Unit denominator) {
        List<String> others = denominator.otherSpellings.stream()
                .map(spelling -> symbol + "/" + spelling)
                .toList();
        String joined = symbol + "/" + denominator.symbol;
        return new Unit(
                joined,
                joined,
                (name + " per " + denominator.name.replaceFirst("s$", "")).strip(),
                multiplier * denominator.divisor,
                divisor * denominator.multiplier,
                printed && denominator.printed,
                others);
    }

    /**
     * The double nearest to a written number of this unit in base units. Decimal arithmetic, so that {@code 15 ms} is
     * exactly what {@code 0.015 s} is.
     */
    double toBase(String digits) {
        double plain = Double.parseDouble(digits);
        if (plain == 0 || Double.isInfinite(plain)) {
            return plain;
        }
        return new BigDecimal(digits)
                .multiply(new BigDecimal(multiplier))
                .divide(new BigDecimal(divisor), MathContext.DECIMAL128)
                .doubleValue();
    }

    /** A value in base units as a decimal number of this unit, to 34 digits. */
    BigDecimal fromBase(double value) {
        return new BigDecimal(value)
                .multiply(new BigDecimal(divisor))
                .divide(new BigDecimal(multiplier), MathContext.DECIMAL128);
    }

    /** Size of the unit in base units; used to order units, not to convert. */
    double size() {
        return multiplier / divisor;
    }

    boolean isSpelled(String text) {
        return symbol.equals(text) || plural.equals(text) || otherSpellings.contains(text);
    }
}
