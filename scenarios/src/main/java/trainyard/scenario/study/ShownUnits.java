package trainyard.scenario.study;

import java.util.List;
import trainyard.scenario.workload.metric.Metric;

/** The units in which tables and charts of some cells show metrics: for durations those that suit the largest value. */
public final class ShownUnits {

    private ShownUnits() {}

    /** A metric in the unit in which these cells show it. */
    public static Metric of(Metric metric, List<CellResult> cells) {
        return metric.shownUpTo(largest(metric, cells));
    }

    /** Metrics that share an axis, at least one: all in the unit that suits the largest value of all. */
    public static List<Metric> together(List<Metric> metrics, List<CellResult> cells) {
        double largest = metrics.stream()
                .mapToDouble(metric -> largest(metric, cells))
                .max()
                .orElse(0);
        Metric first = metrics.get(0).shownUpTo(largest);
        return metrics.stream().map(metric -> metric.like(first)).toList();
    }

    private static double largest(Metric metric, List<CellResult> cells) {
        return cells.stream()
                .flatMap(cell -> cell.mean(metric).stream())
                .mapToDouble(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }
}
