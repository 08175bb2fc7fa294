package trainyard.scenario.verify.training;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** The cells of one row, where a blank means that the source does not say. */
final class RowCells {

    private static final int MOST = 1_000_000_000;

    /** More than any network has; a slip of the pen must not ask for a model that fills the memory of this machine. */
    private static final int MOST_LAYERS = 100_000;

    private final CsvRow row;

    RowCells(CsvRow row) {
        this.row = row;
    }

    /** Lower-case text of a cell, empty where blank. */
    String words(String column) {
        return row.text(column).toLowerCase(Locale.ROOT);
    }

    String text(String column) {
        return row.text(column);
    }

    boolean isBlank(String column) {
        return row.isBlank(column);
    }

    /**
     * @throws RowSkipped if the cell is blank
     */
    int count(String column) {
        return optionalCount(column).orElseThrow(() -> RowSkipped.missing(column));
    }

    /** A count of at least 1, or nothing where the cell is blank. */
    OptionalInt optionalCount(String column) {
        return row.isBlank(column)
                ? OptionalInt.empty()
                : OptionalInt.of(row.integer(column, 1, column.equals("layers") ? MOST_LAYERS : MOST));
    }

    /**
     * The product of two counts.
     *
     * @param what its factors in words, such as {@code dp x mbs}
     * @throws IllegalArgumentException if it is more than the simulator counts to
     */
    static int product(String what, int first, int second) {
        long product = (long) first * second;
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    what + " = " + first + " x " + second + " is more than " + Integer.MAX_VALUE);
        }
        return (int) product;
    }

    OptionalDouble optionalNumber(String column) {
        return row.optionalNumber(column);
    }

    /**
     * A number above 0, or nothing where the cell is blank.
     *
     * @throws trainyard.sim.csv.CsvException if it is not above 0
     */
    OptionalDouble optionalPositive(String column) {
        return row.isBlank(column) ? OptionalDouble.empty() : OptionalDouble.of(row.positive(column));
    }
}
