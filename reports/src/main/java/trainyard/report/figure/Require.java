package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/** The checks that constructors of figures and reports share. Each throws {@link IllegalArgumentException}. */
public final class Require {

    private Require() {}

    /** Returns {@code value} when it is not blank. */
    public static String text(String value, String name) {
        Objects.requireNonNull(value, name);
        return that(!value.isBlank(), value, name + " must not be blank");
    }

    /** Returns {@code value} when it is neither infinite nor NaN. */
    public static double finite(double value, String name) {
        return that(Double.isFinite(value), value, name + " must be finite, but is " + value);
    }

    /** Returns an unmodifiable copy of {@code values} when it has at least one element. */
    public static <T> List<T> notEmpty(List<T> values, String name) {
        Objects.requireNonNull(values, name);
        return List.copyOf(that(!values.isEmpty(), values, name + " must not be empty"));
    }

    /** Throws with {@code message} unless {@code condition} holds. */
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static <T> T that(boolean condition, T value, String message) {
        that(condition, message);
        return value;
    }
}
