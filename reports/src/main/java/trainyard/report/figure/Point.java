package trainyard.report.figure;

import java.util.Objects;

/**
 * One point of a series.
 *
 * @param x position in units of the x axis
 * @param y value with its interval, in units of the y axis
 */
public record Point(double x, Estimate y) {

    public Point {
        Require.finite(x, "x");
        Objects.requireNonNull(y, "y");
    }

    /** A point without interval. */
    public static Point of(double x, double y) {
        return new Point(x, Estimate.exact(y));
    }

    /** A point whose y lies in [low, high]. */
    public static Point of(double x, double y, double low, double high) {
        return new Point(x, new Estimate(y, low, high));
    }
}
