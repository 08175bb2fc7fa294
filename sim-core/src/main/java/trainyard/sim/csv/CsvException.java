package trainyard.sim.csv;

import java.util.List;
import java.util.Optional;

/** A table that cannot be read: the message starts with {@code file:line:} and says what is wrong. */
public final class CsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_SHOWN = 300;

    private final String missingColumn;
    private final String[] columns;

    public CsvException(String message) {
        super(message);
        missingColumn = "";
        columns = new String[0];
    }

    public CsvException(String message, Throwable cause) {
        super(message, cause);
        missingColumn = "";
        columns = new String[0];
    }

    private CsvException(String message, String missingColumn, List<String> columns) {
        super(message);
        this.missingColumn = missingColumn;
        this.columns = columns.toArray(String[]::new);
    }

    static CsvException ofMissing(String file, String column, List<String> header) {
        String names = String.join(", ", header);
        return new CsvException(file + ":1: no column " + column + "; columns are " + shown(names), column, header);
    }

    /** A text of a table as far as a message shows it: a file that is no table may be one long line. */
    static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + " ...";
    }

    /** The column that the table lacks; empty if something else is wrong. */
    public Optional<String> missingColumn() {
        return missingColumn.isEmpty() ? Optional.empty() : Optional.of(missingColumn);
    }

    /** The columns that a table has which lacks one; else none. */
    public List<String> columns() {
        return List.of(columns);
    }
}
