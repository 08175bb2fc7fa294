package trainyard.sim.csv;

import java.util.List;
import java.util.Optional;

/** A table that cannot be read: the message starts with {@code file:line:} and says what is wrong. */
public final class CsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_SHOWN = 300;

    private final String missingColumn;
    private final String header;

    public CsvException(String message) {
        super(message);
        missingColumn = "";
        header = "";
    }

    public CsvException(String message, Throwable cause) {
        super(message, cause);
        missingColumn = "";
        header = "";
    }

    private CsvException(String message, String missingColumn, String header) {
        super(message);
        this.missingColumn = missingColumn;
        this.header = header;
    }

    static CsvException ofMissing(String file, String column, List<String> header) {
        String names = String.join(", ", header);
        return new CsvException(file + ":1: no column " + column + "; columns are " + shown(names), column, names);
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
        return header.isEmpty() ? List.of() : List.of(header.split(", "));
    }
}
