package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TornadoFigure;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.Metric;

/** Which of the ranges under {@code vary} moves a metric most. */
final class TornadoChart {

    private TornadoChart() {}

    /** The figure; nothing where no range has a result at both ends. */
    static Optional<Figure> of(StudyResult result, Metric metric) {
        return of(result, metric, (title, caption) -> Words.of(title, caption, result));
    }

    /** The same with the words of the scenario. */
    static Optional<Figure> of(ChartRequest request) {
        return of(request.result(), request.metric(), request::text);
    }

    private static Optional<Figure> of(
            StudyResult result, Metric metric, BiFunction<String, String, FigureText> words) {
        Optional<Double> base = result.cells().stream()
                .filter(cell -> cell.cell().role() == Cell.Role.BASE)
                .findFirst()
                .flatMap(cell -> cell.mean(metric));
        List<TornadoFigure.Swing> swings = swings(result, metric);
        if (base.isEmpty() || swings.isEmpty()) {
            return Optional.empty();
        }
        String widest = swings.stream()
                .max(Comparator.comparingDouble(TornadoFigure.Swing::width))
                .map(TornadoFigure.Swing::parameter)
                .orElseThrow();
        FigureText text =
                words.apply("What moves " + metric.words(), widest + " matters most; each range is varied alone.");
        Axis axis = Axis.linear(Words.capital(metric.words()), metric.unit());
        return Optional.of(new TornadoFigure(text, axis, metric.inUnit(base.get()), swings));
    }

    private static List<TornadoFigure.Swing> swings(StudyResult result, Metric metric) {
        List<TornadoFigure.Swing> swings = new ArrayList<>();
        List<CellResult> cells = result.cells();
        for (int i = 0; i + 1 < cells.size(); i++) {
            CellResult low = cells.get(i);
            CellResult high = cells.get(i + 1);
            boolean pair = low.cell().role() == Cell.Role.LOW && high.cell().role() == Cell.Role.HIGH;
            if (pair && low.mean(metric).isPresent() && high.mean(metric).isPresent()) {
                String path = low.cell().coordinates().keySet().iterator().next();
                swings.add(new TornadoFigure.Swing(
                        path,
                        low.cell().coordinate(path),
                        high.cell().coordinate(path),
                        metric.inUnit(low.mean(metric).orElseThrow()),
                        metric.inUnit(high.mean(metric).orElseThrow())));
            }
        }
        return swings;
    }
}
