package trainyard.sim.csv;

/** A table that cannot be read: the message starts with {@code file:line:} and says what is wrong. */
public final class CsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CsvException(String message) {
        super(message);
    }

    public CsvException(String message, Throwable cause) {
        super(message, cause);
    }
}
