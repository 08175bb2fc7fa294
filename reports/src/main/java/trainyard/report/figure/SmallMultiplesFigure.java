package trainyard.report.figure;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One quantity over time for several parties, each in a panel of its own on the same axes: GPUs of each team against its
 * quota. What lies above a panel's limit has a colour of its own.
 *
 * @param text the words around the figure
 * @param timeAxis linear time axis, shared by the panels
 * @param valueAxis linear axis of the quantity, shared by the panels; it includes zero
 * @param within legend entry of what lies below the limits
 * @param beyond legend entry of what lies above them
 * @param panels top to bottom
 */
public record SmallMultiplesFigure(
        FigureText text, Axis timeAxis, Axis valueAxis, String within, String beyond, List<Panel> panels)
        implements Figure {

    /**
     * One party.
     *
     * @param name printed at the left
     * @param points values that hold until the next point, in the order of their times, not negative
     * @param limit its quota; empty for none
     */
    public record Panel(String name, List<Point> points, OptionalDouble limit) {

        public Panel {
            Require.text(name, "panel name");
            points = Require.notEmpty(points, "points of panel '" + name + "'");
            limit.ifPresent(value -> Require.finite(value, "limit of panel '" + name + "'"));
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                Require.that(
                        point.y().value() >= 0,
                        "panel '" + name + "' must not be negative, but is "
                                + point.y().value() + " at " + point.x());
                Require.that(
                        i == 0 || points.get(i - 1).x() <= point.x(),
                        "points of panel '" + name + "' must be in order of time");
            }
        }
    }

    public SmallMultiplesFigure {
        Objects.requireNonNull(text, "text");
        Require.text(within, "legend entry below the limits");
        Require.text(beyond, "legend entry above the limits");
        Require.that(
                !timeAxis.scale().logarithmic() && !valueAxis.scale().logarithmic(),
                "panels of '" + text.title() + "' need linear axes");
        panels = Require.notEmpty(panels, "panels of '" + text.title() + "'");
    }
}
