package trainyard.sim.units;

import java.util.List;

/** Reads and prints quantities. Spellings are case-sensitive: {@code b} is bits, {@code B} bytes. */
public final class Units {
    private Units() {}

    /**
     * Reads a quantity of one dimension.
     *
     * @param text a number and a unit, such as {@code 400 Gb/s}; the space may be left out; {@code per} may stand for
     *     {@code /}
     * @throws UnitException if the text is anything else; it says where and what to write instead
     */
    public static Quantity parse(String text, Dimension dimension) {
        return parse(text, List.of(dimension));
    }

    /**
     * Reads a quantity of one of several dimensions, such as a rate per day or per GPU-hour; the unit decides which.
     *
     * @param dimensions at least one; a number without a unit is taken as the first that allows it
     * @throws UnitException if the text is anything else; it says where and what to write instead
     */
    public static Quantity parse(String text, List<Dimension> dimensions) {
        return new QuantityParser(text, dimensions).parse();
    }

    /**
     * The value in the base unit of its dimension.
     *
     * @throws UnitException as {@link #parse(String, Dimension)}
     */
    public static double value(String text, Dimension dimension) {
        return parse(text, dimension).value();
    }

    /**
     * A text for people: a unit that keeps the number readable, four significant digits (whole parts below ten million,
     * of money below a trillion, are never rounded), commas between thousands. Reading it back without the commas gives the value to a relative
     * 5e-4.
     *
     * @param value in the base unit; infinities and NaN are printed as {@code inf}, {@code -inf} and {@code n/a}
     */
    public static String format(double value, Dimension dimension) {
        return QuantityPrinter.rounded(value, dimension);
    }

    /**
     * A text for people in the unit of another text: like {@code 36 h}, 1.031 days are {@code 24.74 h}. Where the other text
     * has no unit of the dimension, as {@link #format(double, Dimension)}.
     *
     * @param value in the base unit
     */
    public static String formatLike(double value, String like, Dimension dimension) {
        return QuantityPrinter.roundedLike(value, like, dimension);
    }

    /**
     * A text that reads back to exactly this value, in the most readable unit that can.
     *
     * @param value in the base unit; finite
     */
    public static String formatExact(double value, Dimension dimension) {
        return QuantityPrinter.exact(new Quantity(value, dimension));
    }
}
