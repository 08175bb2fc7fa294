package trainyard.report.draw;

import trainyard.report.figure.Axis.Scale;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.ScatterFigure.Diagonal;
import trainyard.report.figure.ScatterFigure.Group;
import trainyard.report.figure.ScatterFigure.ZeroBand;

/**
 * What both axes of a scatter figure must show: all points with a little room, and the same range on both where points
 * are compared with the diagonal.
 *
 * @param x range of the horizontal axis
 * @param y range of the vertical axis
 */
record Extents(Extent x, Extent y) {

    private static final double ROOM = 0.05;

    /** The ranges for {@code figure}. */
    static Extents of(ScatterFigure figure) {
        Extent x = Extent.NOTHING;
        Extent y = Extent.NOTHING;
        for (Group group : figure.series()) {
            for (ScatterFigure.Mark mark : group.points()) {
                x = x.with(mark.x());
                y = y.with(mark.y());
            }
        }
        if (figure.guide() instanceof Diagonal) {
            x = new Extent(Math.min(x.low(), y.low()), Math.max(x.high(), y.high()));
            y = x;
        }
        if (figure.guide() instanceof ZeroBand band) {
            y = y.with(band.halfWidth()).with(-band.halfWidth());
        }
        return new Extents(
                withRoom(x, figure.xAxis().scale()), withRoom(y, figure.yAxis().scale()));
    }

    /** An axis of powers of two ends at one of them, so that it has room already. */
    private static Extent withRoom(Extent extent, Scale scale) {
        if (scale == Scale.LOG2) {
            return extent;
        }
        if (scale == Scale.LOG10) {
            double factor = Math.pow(Math.max(1.2, extent.high() / extent.low()), ROOM);
            return new Extent(extent.low() / factor, extent.high() * factor);
        }
        double room = (extent.high() - extent.low()) * ROOM;
        boolean startsAtZero = extent.low() >= 0 && extent.low() - room < 0.25 * extent.high();
        return new Extent(startsAtZero ? 0 : extent.low() - room, extent.high() + room);
    }
}
