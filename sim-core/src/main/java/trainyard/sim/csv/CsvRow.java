package trainyard.sim.csv;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.sim.units.NumberCommas;

/**
 * One row of a {@link CsvTable}. An empty cell means "not stated", never zero. Numbers are finite; whatever is not is an
 * error that names file, line and column.
 */
public final class CsvRow {

    private final String file;
    private final long line;
    private final Map<String, Integer> columns;
    private final List<String> cells;
    /** What is wrong with the row as a whole; empty where nothing is. */
    private final String broken;

    CsvRow(String file, long line, Map<String, Integer> columns, List<String> cells) {
        this(file, line, columns, cells, "");
    }

    private CsvRow(String file, long line, Map<String, Integer> columns, List<String> cells, String broken) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.cells = cells;
        this.broken = broken;
    }

    /** A row of which no cell can be read. */
    static CsvRow broken(String file, long line, Map<String, Integer> columns, String what) {
        return new CsvRow(file, line, columns, List.of(), what);
    }

    /** Line of the file where the row starts, from 1. */
    public long line() {
        return line;
    }

    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /**
     * The cell without blanks around it; empty where it is blank or where the table has no such column.
     *
     * @throws CsvException if the row has another number of cells than the header
     */
    public String text(String column) {
        if (!broken.isEmpty()) {
            throw new CsvException(file + ":" + line + ": " + broken);
        }
        Integer index = columns.get(column);
        return index == null ? "" : cells.get(index).strip();
    }

    public boolean isBlank(String column) {
        return text(column).isEmpty();
    }

    /**
     * @throws CsvException if the cell is blank
     */
    public String requiredText(String column) {
        if (isBlank(column)) {
            throw problem(column, "must not be empty");
        }
        return text(column);
    }

    /**
     * @throws CsvException if the cell is neither blank nor a finite number
     */
    public OptionalDouble optionalNumber(String column) {
        return isBlank(column) ? OptionalDouble.empty() : OptionalDouble.of(number(column));
    }

    /**
     * @throws CsvException if the cell is not a finite number
     */
    public double number(String column) {
        String text = requiredText(column);
        double value;
        try {
            value = DecimalNumber.parse(text);
        } catch (NumberFormatException e) {
            String fix = NumberCommas.of(text).hint().map(hint -> "; " + hint).orElse("");
            throw problem(column, "expected a number, got \"" + text + "\"" + fix);
        }
        if (!Double.isFinite(value)) {
            throw problem(column, "expected a finite number, got \"" + text + "\"");
        }
        return value;
    }

    /**
     * @throws CsvException if the cell is not a number above zero
     */
    public double positive(String column) {
        double value = number(column);
        if (value <= 0) {
            throw problem(column, "must be above 0, got " + text(column));
        }
        return value;
    }

    /**
     * @throws CsvException if the cell is not a number of at least zero
     */
    public double notNegative(String column) {
        double value = number(column);
        if (value < 0) {
            throw problem(column, "must not be negative, got " + text(column));
        }
        return value;
    }

    /**
     * @throws CsvException if the cell is not a whole number within the bounds
     */
    public int integer(String column, int least, int most) {
        double value = number(column);
        if (value != Math.rint(value) || value < least || value > most) {
            throw problem(column, "must be a whole number from " + least + " to " + most + ", got " + text(column));
        }
        return (int) value;
    }

    /** An error about one cell, for the caller to throw. */
    public CsvException problem(String column, String what) {
        return new CsvException(file + ":" + line + ": column " + column + ": " + CsvException.shown(what));
    }

    /** An error about the row as a whole, for the caller to throw. */
    public CsvException problem(String what) {
        return new CsvException(file + ":" + line + ": " + what);
    }
}
