package trainyard.training.replay;

/** A trace that cannot be read; the message starts with its file and says what is wrong. */
public final class KernelTraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KernelTraceException(String message) {
        super(message);
    }

    public KernelTraceException(String message, Throwable cause) {
        super(message, cause);
    }
}
