package trainyard.report.figure;

import java.util.Objects;

/**
 * A remark at one point of a chart.
 *
 * @param x position in units of the x axis
 * @param y position in units of the y axis
 * @param label the remark
 * @param side where the remark stands
 */
public record Annotation(double x, double y, String label, Side side) {

    /** Where a remark stands, seen from its point. */
    public enum Side {
        /** Above it, which suits curves that fall or have their best there. */
        ABOVE,
        /** Below it, which suits curves that rise. */
        BELOW
    }

    /** A remark above its point. */
    public Annotation(double x, double y, String label) {
        this(x, y, label, Side.ABOVE);
    }

    public Annotation {
        Require.text(label, "annotation");
        Objects.requireNonNull(side, "side");
        Require.finite(x, "x of annotation '" + label + "'");
        Require.finite(y, "y of annotation '" + label + "'");
    }

    void check(Axis xAxis, Axis yAxis) {
        xAxis.check(x, "annotation '" + label + "'");
        yAxis.check(y, "annotation '" + label + "'");
    }
}
