package trainyard.parallel.model;

/** Argument checks of the model records. */
final class Checks {

    private Checks() {}

    static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
    }
}
