package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.TornadoFigure.Swing;
import trainyard.report.format.Numbers;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Difference;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/**
 * Which of the ranges under {@code vary} moves a metric most. With replications, each end of a bar has the 95 % interval of
 * its distance from the base, replication by replication, since all meet the same luck.
 */
final class TornadoChart {

    private static final int SUM_DIGITS = 3;

    private TornadoChart() {}

    /** Makes the words around the figure. */
    interface Text {

        /**
         * The words, with those of the scenario in the place of the title and the caption.
         *
         * @param remark a sentence behind the caption, that of the scenario too; may be empty
         */
        FigureText of(String title, String caption, String remark);
    }

    /**
     * The figure; nothing where no range has a result at both ends.
     *
     * @param words makes the words around it
     */
    static Optional<Figure> of(StudyResult result, Metric metric, Text words) {
        Optional<CellResult> base =
                result.base().filter(cell -> cell.mean(metric).isPresent());
        List<Swing> swings = base.map(cell -> swings(result, cell, metric)).orElse(List.of());
        if (swings.isEmpty()) {
            return Optional.empty();
        }
        Swing widest =
                swings.stream().max(Comparator.comparingDouble(Swing::width)).orElseThrow();
        Axis axis = Axis.linear(Wording.capital(metric.words()), metric.unit());
        double centre = metric.inUnit(base.get().mean(metric).orElseThrow());
        String caption = widest.parameter() + " matters most; each range is varied alone"
                + (base.get().outcomes().size() > 1
                        ? ", under the same faults. Lines are 95 % intervals of the distance from the base."
                        : ".");
        String remark = (sum(swings, widest, metric) + " " + leftOut(result, metric)).strip();
        FigureText text = words.of("What moves " + metric.words(), caption, remark);
        return Optional.of(new TornadoFigure(text, axis, centre, swings));
    }

    /** How far all ranges move the metric together, were their effects to add up, and how much of it the widest one does. */
    private static String sum(List<Swing> swings, Swing widest, Metric metric) {
        double sum = swings.stream().mapToDouble(Swing::width).sum();
        return swings.size() < 2 || !(sum > 0)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "The bars add up to %s, %.0f %% of it %s.",
                        (Numbers.of(sum, SUM_DIGITS) + " " + metric.unit()).trim(),
                        100 * widest.width() / sum,
                        widest.parameter());
    }

    /** Which ranges have no bar, since an end has no value; nothing where all have one. */
    private static String leftOut(StudyResult result, Metric metric) {
        return Unknown.missing("Left out are the ranges with these ends", result.ranges(), List.of(metric));
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
