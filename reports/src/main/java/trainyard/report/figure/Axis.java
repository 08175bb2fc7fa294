package trainyard.report.figure;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One axis of a figure.
 *
 * @param label the quantity, for example "Step time"
 * @param unit its unit, for example "s" or "GiB"; empty for a pure number
 * @param scale how values map to positions
 * @param min where the axis starts; empty lets the data decide
 * @param max where the axis ends; empty lets the data decide
 * @param whole whether a linear axis is labelled at whole numbers alone, such as one of ranks
 */
public record Axis(String label, String unit, Scale scale, OptionalDouble min, OptionalDouble max, boolean whole) {

    /** How values map to positions. */
    public enum Scale {
        /** Equal distances are equal differences. */
        LINEAR,
        /** Equal distances are equal ratios, ticks at powers of ten; values must be positive. */
        LOG10,
        /** Equal distances are equal ratios, ticks at powers of two; values must be positive. */
        LOG2;

        /** True for both logarithmic scales. */
        public boolean logarithmic() {
            return this != LINEAR;
        }
    }

    public Axis {
        Require.text(label, "axis label");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(scale, "scale");
        min.ifPresent(value -> checkBound(value, scale, "min of axis '" + label + "'"));
        max.ifPresent(value -> checkBound(value, scale, "max of axis '" + label + "'"));
        Require.that(
                min.isEmpty() || max.isEmpty() || min.getAsDouble() < max.getAsDouble(),
                "axis '" + label + "' must start below its end");
    }

    /** A linear axis whose range follows the data. */
    public static Axis linear(String label, String unit) {
        return new Axis(label, unit, Scale.LINEAR, OptionalDouble.empty(), OptionalDouble.empty(), false);
    }

    /** A logarithmic axis with ticks at powers of ten. */
    public static Axis log10(String label, String unit) {
        return new Axis(label, unit, Scale.LOG10, OptionalDouble.empty(), OptionalDouble.empty(), false);
    }

    /** A logarithmic axis with ticks at powers of two, for counts of GPUs or batch sizes. */
    public static Axis log2(String label, String unit) {
        return new Axis(label, unit, Scale.LOG2, OptionalDouble.empty(), OptionalDouble.empty(), false);
    }

    /** The same axis starting at {@code value}. */
    public Axis from(double value) {
        return new Axis(label, unit, scale, OptionalDouble.of(value), max, whole);
    }

    /** The same axis ending at {@code value}. */
    public Axis upTo(double value) {
        return new Axis(label, unit, scale, min, OptionalDouble.of(value), whole);
    }

    /** The same axis labelled at whole numbers alone. */
    public Axis ofWholeNumbers() {
        return new Axis(label, unit, scale, min, max, true);
    }

    /** Label and unit as printed beside the axis, for example "Step time (s)". */
    public String title() {
        return unit.isBlank() || label.equals(unit) ? label : label + " (" + unit + ")";
    }

    /** Throws unless {@code value} can be placed on this axis. */
    void check(double value, String what) {
        checkBound(value, scale, what + " on axis '" + label + "'");
    }

    private static void checkBound(double value, Scale scale, String what) {
        Require.finite(value, what);
        Require.that(
                !scale.logarithmic() || value > 0, what + " must be positive on a logarithmic scale, but is " + value);
    }
}
