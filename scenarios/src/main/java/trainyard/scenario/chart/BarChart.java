package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.section.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.Metric;

/** Bars of a metric, one group per value of an axis. */
final class BarChart {

    private BarChart() {}

    static Figure of(ChartRequest request) {
        ChartAxis x = request.needed(ChartSection.X);
        if (request.columns().isPresent()) {
            return ofSeveral(request, x, request.columns().get());
        }
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
        String title = metric.words() + " by " + x.label().toLowerCase(Locale.ROOT);
        String caption = request.result()
                .best(metric)
                .map(best -> best(best, request) + "; a missing bar cannot run.")
                .orElse("no cell has a value.");
        Axis axis = Axis.linear(Words.capital(metric.words()), metric.unit());
        BarFigure bars = BarFigure.grouped(request.text(title, caption), x.label(), x.values(), axis, series);
        return request.target()
                .map(target -> bars.withLimit(target.label(), target.value()))
                .orElse(bars);
    }

    /** One bar per metric or statistic in each group. */
    private static Figure ofSeveral(ChartRequest request, ChartAxis x, List<Metric> metrics) {
        Metric unit = metrics.get(0);
        boolean ofOne = metrics.stream().allMatch(metric -> metric.yielded().equals(unit.yielded()));
        List<BarSeries> series = new ArrayList<>();
        for (Metric metric : metrics) {
            String name = ofOne ? statistic(metric) : metric.words();
            List<Optional<Estimate>> bars = new ArrayList<>();
            for (String category : x.values()) {
                bars.add(first(request, x, category)
                        .flatMap(cell -> cell.estimate(metric))
                        .map(NotBelowZero::of));
            }
            series.add(new BarSeries(name, bars));
        }
        if (request.values().get(ChartSection.STACKED)) {
            return stacked(request, x, unit, series);
        }
        String of = ofOne ? unit.yielded().words() : unit.words();
        Axis axis = Axis.linear(Words.capital(of), unit.unit());
        String title = of + " by " + x.label().toLowerCase(Locale.ROOT);
        String caption = "lines are 95 % intervals over the replications; a missing bar has no value.";
        return BarFigure.grouped(request.text(title, caption), x.label(), x.values(), axis, series);
    }

    /** The metrics as parts of a whole; the axis bears the word that their names have in common. */
    private static Figure stacked(ChartRequest request, ChartAxis x, Metric unit, List<BarSeries> series) {
        String first = series.get(0).name();
        int cut = first.indexOf(' ') + 1;
        String common = first.substring(0, cut);
        boolean share = cut > 0 && series.stream().allMatch(one -> one.name().startsWith(common));
        List<BarSeries> parts = share
                ? series.stream()
                        .map(one -> new BarSeries(one.name().substring(cut), one.values()))
                        .toList()
                : series;
        String of = share ? common.strip() : unit.words();
        String title = of + " by " + x.label().toLowerCase(Locale.ROOT);
        Axis axis = Axis.linear(Words.capital(of), unit.unit());
        return BarFigure.stacked(request.text(title, "parts of a whole."), x.label(), x.values(), axis, parts);
    }

    private static String statistic(Metric metric) {
        String name = metric.name();
        String of = metric.yielded().name();
        return name.equals(of) ? "mean" : name.substring(of.length() + 1);
    }

    private static Optional<CellResult> first(ChartRequest request, ChartAxis x, String category) {
        return request.result().feasible().stream()
                .filter(result -> result.cell().coordinate(x.path()).equals(category))
                .findFirst();
    }

    private static String best(CellResult best, ChartRequest request) {
        List<String> ties = Ties.with(best, request.result().feasible(), request.metric()).stream()
                .map(tie -> tie.cell().label())
                .toList();
        String label = best.cell().label();
        return ties.isEmpty()
                ? "best at " + label
                : Ties.NO_DIFFERENCE + " between " + label + " and " + Ties.names(ties);
    }

    private static Optional<Estimate> value(
            ChartRequest request, ChartAxis x, String category, Optional<ChartAxis> by, String name) {
        return request.result().feasible().stream()
                .filter(result -> result.cell().coordinate(x.path()).equals(category))
                .filter(result -> by.isEmpty()
                        || result.cell().coordinate(by.get().path()).equals(name))
                .flatMap(result -> result.estimate(request.metric()).stream())
                .findFirst()
                .map(NotBelowZero::of);
    }
}
