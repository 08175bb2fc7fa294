package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.TornadoFigure.Swing;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Wording;

/**
 * Which of the ranges under {@code vary} moves a metric most. With replications, each end of a bar has the 95 % interval of
 * its distance from the base, replication by replication, since all meet the same luck.
 */
final class TornadoChart {

    private TornadoChart() {}

    /**
     * The figure; nothing where no range has a result at both ends.
     *
     * @param words makes the words around it of a title and a caption
     */
    static Optional<Figure> of(StudyResult result, Metric metric, BiFunction<String, String, FigureText> words) {
        Optional<CellResult> base =
                result.base().filter(cell -> cell.mean(metric).isPresent());
        List<Swing> swings = base.map(cell -> swings(result, cell, metric)).orElse(List.of());
        if (swings.isEmpty()) {
            return Optional.empty();
        }
        String widest = swings.stream()
                .max(Comparator.comparingDouble(Swing::width))
                .map(Swing::parameter)
                .orElseThrow();
        Axis axis = Axis.linear(Wording.capital(metric.words()), metric.unit());
        double centre = metric.inUnit(base.get().mean(metric).orElseThrow());
        String caption = widest + " matters most; each range is varied alone"
                + (base.get().outcomes().size() > 1
                        ? ", under the same faults. Lines are 95 % intervals of the distance from the base."
                        : ".");
        return Optional.of(
                new TornadoFigure(words.apply("What moves " + metric.words(), caption), axis, centre, swings));
    }

    private static List<Swing> swings(StudyResult result, CellResult base, Metric metric) {
        List<Swing> swings = new ArrayList<>();
        List<CellResult> ends = result.ranges();
        for (int i = 0; i + 1 < ends.size(); i++) {
            CellResult low = ends.get(i);
            CellResult high = ends.get(i + 1);
            boolean pair = low.cell()
                    .coordinates()
                    .keySet()
                    .equals(high.cell().coordinates().keySet());
            if (pair && low.mean(metric).isPresent() && high.mean(metric).isPresent()) {
                String path = low.cell().coordinates().keySet().iterator().next();
                swings.add(new Swing(
                        ChartAxis.shortName(path),
                        low.cell().coordinate(path),
                        high.cell().coordinate(path),
                        outcome(base, low, metric),
                        outcome(base, high, metric)));
            }
        }
        return swings;
    }

    /** The outcome at an end, with the interval of its distance from the base; of a quantile without one. */
    private static Estimate outcome(CellResult base, CellResult end, Metric metric) {
        double value = end.mean(metric).orElseThrow();
        double half = metric.statistic().isPresent()
                ? 0
                : Difference.paired(end, base, metric)
                        .flatMap(Difference::halfWidth)
                        .orElse(0.0);
        return new Estimate(metric.inUnit(value), metric.inUnit(value - half), metric.inUnit(value + half));
    }
}
