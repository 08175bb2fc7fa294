package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import trainyard.scenario.workload.metric.Metric;

/**
 * Where two variants are equally good along a swept number: the place at which the mean of their paired difference crosses
 * zero, with the places at which the ends of its 95 % interval do. Between two swept points the difference is taken as
 * straight, over the number or over its logarithm.
 *
 * @param first the one variant
 * @param second the other one
 * @param points of the sweep at which both have a value; all that is said is of these alone
 * @param differs whether the two can be told apart anywhere along the sweep
 * @param atLow which of them is better at the low end of the sweep; empty where their interval includes zero there
 * @param throughout which of them is better at every such point; empty where their interval includes zero at one
 * @param place the break-even, in base units; empty where the data do not bracket it
 * @param low where the interval begins; empty where it reaches beyond the sweep
 * @param high where it ends; likewise
 */
public record BreakEven(
        String first,
        String second,
        int points,
        boolean differs,
        Optional<String> atLow,
        Optional<String> throughout,
        OptionalDouble place,
        OptionalDouble low,
        OptionalDouble high) {

    /**
     * A point of the sweep.
     *
     * @param x the swept number, in base units
     * @param difference the first variant less the second
     */
    public record Point(double x, Difference difference) {}

    /**
     * The break-even of a metric.
     *
     * @param cells those that can run
     * @param x the swept number of a cell, in base units; NaN where it has none
     * @param logarithmic whether differences are straight over the logarithm of the number, which then has to be above 0; else, and
     *     where one is not, over the number
     * @return empty where fewer than two points have a value for both variants
     */
    public static Optional<BreakEven> of(
            List<CellResult> cells,
            Metric metric,
            String first,
            String second,
            ToDoubleFunction<Cell> x,
            boolean logarithmic) {
        List<Point> points = new ArrayList<>();
        for (CellResult cell : cells) {
            double at = x.applyAsDouble(cell.cell());
            if (cell.cell().variant().equals(first) && !Double.isNaN(at)) {
                StudyResult.counterpart(cells, cell, second)
                        .flatMap(other -> Difference.paired(cell, other, metric))
                        .ifPresent(difference -> points.add(new Point(at, difference)));
            }
        }
        points.sort(Comparator.comparingDouble(Point::x));
        return points.size() < 2 ? Optional.empty() : Optional.of(of(points, metric, first, second, logarithmic));
    }

    private static BreakEven of(List<Point> points, Metric metric, String first, String second, boolean logarithmic) {
        boolean log = logarithmic && points.get(0).x() > 0;
        OptionalDouble place =
                crossing(points, log, point -> point.difference().estimate().value());
        OptionalDouble a =
                crossing(points, log, point -> point.difference().estimate().low());
        OptionalDouble b =
                crossing(points, log, point -> point.difference().estimate().high());
        boolean rising = last(points) > points.get(0).difference().estimate().value();
        boolean differs = points.stream().anyMatch(point -> isClear(point.difference()));
        return new BreakEven(
                first,
                second,
                points.size(),
                differs,
                better(points.get(0), metric, first, second),
                throughout(points, metric, first, second),
                place,
                rising ? b : a,
                rising ? a : b);
    }

    private static double last(List<Point> points) {
        return points.get(points.size() - 1).difference().estimate().value();
    }

    private static Optional<String> throughout(List<Point> points, Metric metric, String first, String second) {
        List<Optional<String>> better = points.stream()
                .map(point -> better(point, metric, first, second))
                .distinct()
                .toList();
        return better.size() == 1 ? better.get(0) : Optional.empty();
    }

    private static Optional<String> better(Point point, Metric metric, String first, String second) {
        Difference difference = point.difference();
        if (!isClear(difference) || metric.better() == Metric.Better.NEITHER) {
            return Optional.empty();
        }
        boolean less = difference.estimate().value() < 0;
        return Optional.of(less == (metric.better() == Metric.Better.LOWER) ? first : second);
    }

    private static boolean isClear(Difference difference) {
        return difference.estimate().isExact() ? difference.estimate().value() != 0 : difference.differs();
    }

    /**
     * Where a curve through the points changes its sign, if it does so once. Points at zero have none: between two signs the
     * middle of them is the place, and between equal signs nothing is crossed.
     */
    private static OptionalDouble crossing(List<Point> points, boolean log, ToDoubleFunction<Point> curve) {
        OptionalDouble found = OptionalDouble.empty();
        int before = -1;
        for (int i = 0; i < points.size(); i++) {
            double to = curve.applyAsDouble(points.get(i));
            if (to == 0) {
                continue;
            }
            double from = before < 0 ? to : curve.applyAsDouble(points.get(before));
            if (Math.signum(from) != Math.signum(to)) {
                if (found.isPresent()) {
                    return OptionalDouble.empty();
                }
                boolean neighbours = before + 1 == i;
                double left = points.get(neighbours ? before : before + 1).x();
                double right = points.get(neighbours ? i : i - 1).x();
                found = OptionalDouble.of(between(left, right, neighbours ? from / (from - to) : 0.5, log));
            }
            before = i;
        }
        return found;
    }

    private static double between(double left, double right, double share, boolean log) {
        return log ? left * Math.pow(right / left, share) : left + (right - left) * share;
    }
}
