package trainyard.sim.units;

import java.util.Objects;

/**
 * A value with what it measures.
 *
 * @param value in the base unit of the dimension (seconds, bytes, bytes per second, ...); finite
 * @param dimension what it measures
 */
public record Quantity(double value, Dimension dimension) {

    public Quantity {
        Objects.requireNonNull(dimension, "dimension");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value (" + value + ") of " + dimension + " must be finite");
        }
    }

    /** A readable text, rounded to four significant digits, such as {@code 50 GB/s}. */
    @Override
    public String toString() {
        return Units.format(value, dimension);
    }
}
