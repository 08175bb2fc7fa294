package trainyard.scheduler.forecast;

/** A history that a forecaster cannot go on from. */
public final class UnfitHistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message which day is at fault, and why */
    UnfitHistoryException(String message) {
        super(message);
    }
}
