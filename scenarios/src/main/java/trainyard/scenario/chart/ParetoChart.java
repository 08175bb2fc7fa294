package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.ScatterFigure.Goal;
import trainyard.report.figure.ScatterFigure.Mark;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** Designs by two metrics, with the front of those that no other beats in both. */
final class ParetoChart {

    private static final int AXES = 2;
    private static final int MAX_LABELS = 12;

    private final ChartRequest request;
    private final Metric x;
    private final Metric y;

    private ParetoChart(ChartRequest request) {
        this.request = request;
        List<Metric> metrics = request.columns().orElse(List.of());
        if (metrics.size() != AXES) {
            throw new ScenarioException(Problem.at(
                    request.values().position(),
                    Problem.Kind.KEY,
                    "pareto needs two metrics",
                    "columns: [METRIC, METRIC]"));
        }
        x = metrics.get(0);
        y = metrics.get(1);
    }

    /**
     * @throws ScenarioException unless two metrics are named
     */
    static void check(ChartRequest request) {
        new ParetoChart(request);
    }

    /**
     * The figure.
     *
     * @throws UndrawableException if no design has both values
     */
    static Figure of(ChartRequest request) {
        return new ParetoChart(request).figure();
    }

    private Figure figure() {
        Optional<ChartAxis> by = request.axis(ChartSection.BY);
        List<CellResult> cells = request.result().feasible();
        Map<String, List<Mark>> groups = new LinkedHashMap<>();
        for (CellResult cell : cells) {
            Optional<Estimate> across = cell.estimate(x);
            Optional<Estimate> up = cell.estimate(y);
            if (across.isPresent() && up.isPresent()) {
                String group = by.map(axis -> axis.legend(axis.of(cell.cell()))).orElse("designs");
                String label = cell.cell().label();
                groups.computeIfAbsent(group, name -> new ArrayList<>())
                        .add(new Mark(
                                across.get().value(),
                                up.get().value(),
                                cells.size() > MAX_LABELS && !isOnFront(cell) ? "" : label,
                                label));
            }
        }
        if (groups.isEmpty()) {
            throw new UndrawableException("no design has both " + x.words() + " and " + y.words());
        }
        return figure(groups);
    }

    /** Whether no other design is better in one metric and no worse in the other. */
    private boolean isOnFront(CellResult cell) {
        return request.result().feasible().stream()
                .filter(other ->
                        other.estimate(x).isPresent() && other.estimate(y).isPresent())
                .noneMatch(other -> ahead(other, cell, x) >= 0
                        && ahead(other, cell, y) >= 0
                        && ahead(other, cell, x) + ahead(other, cell, y) > 0);
    }

    /** 1 where the first of two cells is better, -1 where the second is, 0 where they are alike. */
    private static int ahead(CellResult one, CellResult other, Metric metric) {
        int larger = Double.compare(
                one.mean(metric).orElseThrow(), other.mean(metric).orElseThrow());
        return metric.better() == Metric.Better.HIGHER ? larger : -larger;
    }

    private Figure figure(Map<String, List<Mark>> groups) {
        return new ScatterFigure(
                request.text(
                        y.words() + " against " + x.words(),
                        "no design is better in one than those on the line without being worse in the other.",
                        Unknown.missing("Not shown", request.result().grid(), List.of(x, y))),
                Axis.linear(Wording.capital(x.words()), x.unit()),
                Axis.linear(Wording.capital(y.words()), y.unit()),
                groups.entrySet().stream()
                        .map(group -> new ScatterFigure.Group(group.getKey(), group.getValue()))
                        .toList(),
                new ScatterFigure.ParetoFront(goal(x), goal(y)));
    }

    private static Goal goal(Metric metric) {
        return metric.better() == Metric.Better.HIGHER ? Goal.MAXIMISE : Goal.MINIMISE;
    }
}
