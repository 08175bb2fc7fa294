package trainyard.parallel.model;

/** Argument checks of the model records. */
public final class Checks {

    private Checks() {}

    /**
     * @throws IllegalArgumentException if {@code value} is below 1; the message says what it is of
     */
    public static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
    }

    /**
     * @throws IllegalArgumentException if {@code value} is below 0; the message says what it is of
     */
    public static void notNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must not be negative, got " + value);
        }
    }
}
