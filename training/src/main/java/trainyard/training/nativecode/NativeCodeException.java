package trainyard.training.nativecode;

/** Thrown where jars, native libraries or a device that was asked for cannot be used here. */
public final class NativeCodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param message what is missing, in one sentence without a final stop
     * @param remedy what to do about it, likewise
     */
    public NativeCodeException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public NativeCodeException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
