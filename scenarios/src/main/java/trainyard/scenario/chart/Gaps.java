package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.scenario.workload.metric.Wording;

/**
 * Curves without what an axis has no place for. A logarithmic axis has none for 0 and below, which is where many quantities
 * start: what is left is drawn, with a gap between, and the caption says how many points are left out.
 */
final class Gaps {

    private final Axis x;
    private final Axis y;
    private int leftOut;

    Gaps(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    /** The points that both axes have a place for; those left out are counted. */
    List<Point> drawn(List<Point> points) {
        List<Point> drawn = points.stream().filter(this::hasPlace).toList();
        leftOut += points.size() - drawn.size();
        return drawn;
    }

    /**
     * The stretches of a curve that the axes have a place for, each under the name of the curve; at least one, which may be empty.
     *
     * @param steps whether a value holds until the next point, so that a stretch ends where the next one starts
     * @param apart whether two neighbours are not joined, since something between them is not there
     */
    List<Series> split(Series curve, boolean steps, BiPredicate<Point, Point> apart) {
        List<Series> stretches = new ArrayList<>();
        List<Point> stretch = new ArrayList<>();
        for (Point point : curve.points()) {
            boolean has = hasPlace(point);
            boolean joined = !stretch.isEmpty() && !apart.test(stretch.get(stretch.size() - 1), point);
            if (!has || !joined) {
                if (steps && !has && !stretch.isEmpty() && x.scale() == Axis.Scale.LINEAR) {
                    stretch.add(
                            new Point(point.x(), stretch.get(stretch.size() - 1).y()));
                }
                close(curve, stretch, stretches);
            }
            if (has) {
                stretch.add(point);
            } else {
                leftOut++;
            }
        }
        close(curve, stretch, stretches);
        return stretches.isEmpty() ? List.of(curve.with(List.of())) : stretches;
    }

    private static void close(Series curve, List<Point> stretch, List<Series> stretches) {
        if (!stretch.isEmpty()) {
            stretches.add(curve.with(stretch));
            stretch.clear();
        }
    }

    boolean hasPlace(Point point) {
        return isOn(x, point.x()) && isOn(y, point.y().value());
    }

    private static boolean isOn(Axis axis, double value) {
        return Double.isFinite(value) && (!axis.scale().logarithmic() || value > 0);
    }

    /** The caption, with how many points are left out so far where some are. */
    String caption(String caption) {
        return caption + remark(leftOut, "point");
    }

    /** How many values a logarithmic axis has no place for, as a sentence after others; empty where it has one for all. */
    static String remark(long leftOut, String thing) {
        return leftOut == 0
                ? ""
                : " " + Wording.counted(leftOut, thing) + " at 0 or below " + (leftOut == 1 ? "is" : "are")
                        + " left out, for which a logarithmic axis has no place.";
    }
}
