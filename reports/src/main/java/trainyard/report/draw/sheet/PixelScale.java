package trainyard.report.draw.sheet;

import trainyard.report.figure.Axis;

/**
 * Maps values of an axis to pixels.
 *
 * @param scale linear or logarithmic
 * @param low value at {@code start}
 * @param high value at {@code end}, above {@code low}
 * @param start pixel of {@code low}
 * @param end pixel of {@code high}; below {@code start} on a vertical axis
 */
public record PixelScale(Axis.Scale scale, double low, double high, double start, double end) {

    /** The pixel of {@code value}. */
    public double at(double value) {
        double share = (transformed(value) - transformed(low)) / (transformed(high) - transformed(low));
        return start + share * (end - start);
    }

    /** The pixel of {@code value}, moved to the nearer end where it lies outside the axis. */
    public double clipped(double value) {
        return at(Math.max(low, Math.min(high, value)));
    }

    /** The value, or its natural logarithm on a logarithmic axis. */
    public double transformed(double value) {
        return scale.logarithmic() ? Math.log(value) : value;
    }
}
