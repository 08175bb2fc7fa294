package trainyard.sim.csv;

/** Numbers as tables write them. Java also reads {@code 5d} and {@code 0x1p3}, which in a table are slips of the pen. */
public final class DecimalNumber {

    private DecimalNumber() {}

    /**
     * The number of a text, which may be {@code NaN} or infinite.
     *
     * @throws NumberFormatException if it is none, or is written as only a program would
     */
    public static double parse(String text) {
        int last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        if ("dDfF".indexOf(last) >= 0 || text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
            throw new NumberFormatException("no decimal number: " + text);
        }
        return Double.parseDouble(text);
    }
}
