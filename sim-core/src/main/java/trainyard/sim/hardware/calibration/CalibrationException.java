package trainyard.sim.hardware.calibration;

/** A profile that cannot be used: the message starts with {@code file:line:column:} and says what is wrong. */
public final class CalibrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CalibrationException(String message) {
        super(message);
    }

    public CalibrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
