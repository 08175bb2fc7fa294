package trainyard.scenario.verify;

/** Measurements that cannot be read: the message names the file and, where it has one, the line. */
public final class VerificationDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VerificationDataException(String message) {
        super(message);
    }

    public VerificationDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
