package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.section.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Metric;

/** Bars of a metric, one group per value of an axis. */
final class BarChart {

    private BarChart() {}

    static Figure of(ChartRequest request) {
        ChartAxis x = request.needed(ChartSection.X);
        Optional<ChartAxis> by = request.axis(ChartSection.BY);
        Metric metric = request.metric();
        List<BarSeries> series = new ArrayList<>();
        for (String name : by.map(ChartAxis::values).orElse(List.of(metric.words()))) {
            List<Optional<Estimate>> bars = new ArrayList<>();
            for (String category : x.values()) {
                bars.add(value(request, x, category, by, name));
            }
            series.add(new BarSeries(name, bars));
        }
        String title = metric.words() + " by " + x.label().toLowerCase(java.util.Locale.ROOT);
        String caption = request.result()
                .best(metric)
                .map(CellResult::cell)
                .map(cell -> "best at " + cell.label() + "; a missing bar cannot run.")
                .orElse("no cell has a value.");
        Axis axis = Axis.linear(Words.capital(metric.words()), metric.unit());
        return BarFigure.grouped(request.text(title, caption), x.label(), x.values(), axis, series);
    }

    private static Optional<Estimate> value(
            ChartRequest request, ChartAxis x, String category, Optional<ChartAxis> by, String name) {
        return request.result().feasible().stream()
                .filter(result -> result.cell().coordinate(x.path()).equals(category))
                .filter(result -> by.isEmpty()
                        || result.cell().coordinate(by.get().path()).equals(name))
                .flatMap(result -> result.estimate(request.metric()).stream())
                .findFirst();
    }
}
