package trainyard.report.figure;

import java.util.Objects;

/**
 * A line across the whole chart: a limit, a quota, an optimum.
 *
 * @param label printed at the line
 * @param direction across which axis it runs
 * @param value its position
 */
public record ReferenceLine(String label, Direction direction, double value) {

    /** Which way the line runs. */
    public enum Direction {
        /** At a constant y (or at a constant value of a bar chart's value axis). */
        HORIZONTAL,
        /** At a constant x. */
        VERTICAL
    }

    public ReferenceLine {
        Require.text(label, "reference line label");
        Objects.requireNonNull(direction, "direction");
        Require.finite(value, "reference line '" + label + "'");
    }

    /** A line at a constant y. */
    public static ReferenceLine atY(String label, double value) {
        return new ReferenceLine(label, Direction.HORIZONTAL, value);
    }

    /** A line at a constant x. */
    public static ReferenceLine atX(String label, double value) {
        return new ReferenceLine(label, Direction.VERTICAL, value);
    }

    void check(Axis xAxis, Axis yAxis) {
        (direction == Direction.HORIZONTAL ? yAxis : xAxis).check(value, "reference line '" + label + "'");
    }
}
