package trainyard.scenario.chart;

import java.util.List;
import java.util.Optional;
import trainyard.report.figure.Point;

/**
 * The knee of a curve: with both axes scaled to [0, 1], the point farthest from the straight line between the ends (Satopaa
 * et al. 2011, "Finding a kneedle in a haystack", section II).
 */
final class Knee {

    /** A curve that moves by less than this share of its height has no knee worth a mark. */
    private static final double LEAST_RANGE = 0.1;

    /** Nearer than this to the line a curve has no knee. */
    private static final double LEAST_DISTANCE = 0.05;

    private Knee() {}

    /**
     * @param points in the order of x
     * @param logX whether x is drawn by its logarithm
     */
    static Optional<Point> of(List<Point> points, boolean logX) {
        if (points.size() < 3) {
            return Optional.empty();
        }
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double width = at(last, logX) - at(first, logX);
        double low =
                points.stream().mapToDouble(point -> point.y().value()).min().orElseThrow();
        double high =
                points.stream().mapToDouble(point -> point.y().value()).max().orElseThrow();
        if (high - low < LEAST_RANGE * Math.abs(high)) {
            return Optional.empty();
        }
        Point farthest = first;
        double most = LEAST_DISTANCE;
        for (Point point : points) {
            double along = (at(point, logX) - at(first, logX)) / width;
            double onLine =
                    first.y().value() + along * (last.y().value() - first.y().value());
            double distance = Math.abs(point.y().value() - onLine) / (high - low);
            if (distance > most) {
                most = distance;
                farthest = point;
            }
        }
        return farthest.equals(first) ? Optional.empty() : Optional.of(farthest);
    }

    private static double at(Point point, boolean log) {
        return log ? Math.log(point.x()) : point.x();
    }
}
