package trainyard.sim.checks;

/** Checks of arguments. Each throws an {@link IllegalArgumentException} that says the name, the value and what it must be. */
public final class Checks {

    private Checks() {}

    /** A number above 0. */
    public static void positive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "positive and finite");
    }

    /** A number of 0 or more. */
    public static void notNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "0 or more and finite");
    }

    /** A number. */
    public static void finite(String name, double value) {
        require(Double.isFinite(value), name, value, "finite");
    }

    /** A number in [0, 1). */
    public static void share(String name, double value) {
        require(value >= 0 && value < 1, name, value, "at least 0 and less than 1");
    }

    /**
     * A number in [0, 1].
     *
     * @return the number
     */
    public static double probability(String name, double value) {
        require(value >= 0 && value <= 1, name, value, "from 0 to 1");
        return value;
    }

    /** A whole number of at least another. */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least " + least);
        }
    }

    /** A whole number in a range that includes its ends. */
    public static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " (" + value + ") must be a whole number from " + least + " to " + most);
        }
    }

    private static void require(boolean holds, String name, double value, String what) {
        if (!holds) {
            throw new IllegalArgumentException(name + " (" + value + ") must be " + what);
        }
    }
}
