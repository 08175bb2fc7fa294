package trainyard.report.draw;

import java.util.List;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;

/**
 * The smallest and largest value that an axis must show.
 *
 * @param low smallest
 * @param high largest
 */
record Extent(double low, double high) {

    /** Holds no value yet. */
    static final Extent NOTHING = new Extent(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** This extent widened to hold {@code value}. */
    Extent with(double value) {
        return new Extent(Math.min(low, value), Math.max(high, value));
    }

    /** All x of {@code series} and of vertical lines. */
    static Extent ofX(List<Series> series, List<ReferenceLine> lines) {
        Extent extent = NOTHING;
        for (Series one : series) {
            for (Point point : one.points()) {
                extent = extent.with(point.x());
            }
        }
        return extent.withLines(lines, ReferenceLine.Direction.VERTICAL);
    }

    /**
     * All y of {@code series} and of horizontal lines. Interval ends that a logarithmic axis cannot show are left out; they are cut at the edge of the chart.
     */
    static Extent ofY(List<Series> series, List<ReferenceLine> lines, Axis axis) {
        Extent extent = NOTHING;
        for (Series one : series) {
            for (Point point : one.points()) {
                extent = extent.with(point.y().value());
                if (one.spread() != Series.Spread.NONE) {
                    extent = extent.with(point.y().high());
                    boolean shown = !axis.scale().logarithmic() || point.y().low() > 0;
                    extent = shown ? extent.with(point.y().low()) : extent;
                }
            }
        }
        return extent.withLines(lines, ReferenceLine.Direction.HORIZONTAL);
    }

    private Extent withLines(List<ReferenceLine> lines, ReferenceLine.Direction direction) {
        Extent extent = this;
        for (ReferenceLine line : lines) {
            if (line.direction() == direction) {
                extent = extent.with(line.value());
            }
        }
        return extent;
    }
}
