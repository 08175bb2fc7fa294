package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** Shares of the GPU time in each state over a swept path, stacked; of the first variant where there are several. */
final class StatesChart {

    private static final double VISIBLE_PERCENT = 0.01;

    private StatesChart() {}

    static Figure of(ChartRequest request) {
        ChartAxis x = request.needed(ChartSection.X);
        List<CellResult> feasible = request.result().feasible();
        String variant = feasible.isEmpty() ? "" : feasible.get(0).cell().variant();
        List<CellResult> cells = feasible.stream()
                .filter(cell -> cell.cell().variant().equals(variant))
                .sorted(Comparator.comparingDouble(cell -> position(x, cell)))
                .toList();
        List<Series> layers = new ArrayList<>();
        states(request, cells).forEach((label, share) -> {
            List<Point> points = cells.stream()
                    .map(cell ->
                            Point.of(position(x, cell), 100 * cell.mean(share).orElse(0.0)))
                    .toList();
            if (points.stream().anyMatch(point -> point.y().value() > VISIBLE_PERCENT)) {
                layers.add(Series.plain(label, points));
            }
        });
        return new AreaFigure(
                request.text("Where the GPU time goes", "the layers sum to 100 %."),
                x.axis(request.isLog(ChartSection.X_SCALE)),
                Axis.linear("Share of the GPU time", "%"),
                layers,
                List.of());
    }

    private static Map<String, Metric> states(ChartRequest request, List<CellResult> cells) {
        WorkloadKind kind = request.result().study().kind();
        if (!request.values().get(ChartSection.DIVIDED)) {
            return kind.states();
        }
        Map<String, Metric> divided = kind.dividedStates();
        boolean known = cells.stream()
                .allMatch(cell -> divided.values().stream()
                        .allMatch(share -> cell.mean(share).isPresent()));
        if (!known) {
            throw new ScenarioException(Problem.at(
                    request.values().position(ChartSection.DIVIDED),
                    Problem.Kind.VALUE,
                    "what a step consists of is not known where its time is stated",
                    "step-time: auto"));
        }
        return divided;
    }

    private static double position(ChartAxis x, CellResult cell) {
        return x.place(x.of(cell.cell())).orElseThrow();
    }
}
