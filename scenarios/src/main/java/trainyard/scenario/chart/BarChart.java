package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Published;
import trainyard.scenario.study.Ties;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

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
            series.add(new BarSeries(by.map(axis -> axis.legend(name)).orElse(name), bars));
        }
        Optional<BarSeries> published = by.isEmpty() ? published(request, x) : Optional.empty();
        if (published.isPresent()) {
            series.set(0, new BarSeries("simulated", series.get(0).values()));
            series.add(published.get());
        }
        String title = metric.words() + " by " + Wording.lower(x.label());
        String caption = request.result()
                .best(metric)
                .map(best -> best(best, request) + intervals(series) + missing(request) + ".")
                .orElse("no cell has a value.");
        Axis axis = Axis.linear(Wording.capital(metric.words()), metric.unit());
        BarFigure bars = BarFigure.grouped(request.text(title, caption), x.label(), names(request, x), axis, series);
        return request.target()
                .map(target -> bars.withLimit(target.label(), target.value()))
                .orElse(bars);
    }

    /** A bar of what sources measured beside that of each value of the axis, where cells state it for the metric. */
    private static Optional<BarSeries> published(ChartRequest request, ChartAxis x) {
        Metric metric = request.metric();
        List<Optional<Estimate>> bars = new ArrayList<>();
        for (String category : x.values()) {
            bars.add(first(request, x, category)
                    .flatMap(result -> Published.of(request.result().study(), result.cell(), metric))
                    .map(figure -> Estimate.exact(metric.inUnit(figure.value()))));
        }
        return bars.stream().anyMatch(Optional::isPresent)
                ? Optional.of(new BarSeries("published", bars))
                : Optional.empty();
    }

    /** One bar per metric or statistic in each group. */
    private static Figure ofSeveral(ChartRequest request, ChartAxis x, List<Metric> metrics) {
        SharedWords words = SharedWords.of(metrics);
        List<BarSeries> series = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            List<Optional<Estimate>> bars = new ArrayList<>();
            for (String category : x.values()) {
                bars.add(first(request, x, category).flatMap(cell -> cell.estimate(metric)));
            }
            series.add(new BarSeries(words.own().get(i), bars));
        }
        String title = words.shared() + " by " + Wording.lower(x.label());
        Axis axis = Axis.linear(Wording.capital(words.shared()), metrics.get(0).unit());
        if (request.values().get(ChartSection.STACKED)) {
            FigureText text = request.text(title, "parts of a whole.");
            return BarFigure.stacked(text, x.label(), names(request, x), axis, series);
        }
        boolean missing = series.stream().anyMatch(one -> one.values().stream().anyMatch(Optional::isEmpty));
        String caption = "each group is one " + Wording.lower(x.label()) + intervals(series)
                + (missing ? "; a missing bar has no value." : ".");
        return BarFigure.grouped(request.text(title, caption), x.label(), names(request, x), axis, series);
    }

    /** The values of the axis; those at which nothing can run say so in the place of their bars. */
    private static List<String> names(ChartRequest request, ChartAxis x) {
        return x.values().stream()
                .map(value -> {
                    List<CellResult> here = request.result().grid().stream()
                            .filter(cell -> x.of(cell.cell()).equals(value))
                            .toList();
                    boolean runs = here.isEmpty() || here.stream().anyMatch(CellResult::isFeasible);
                    return runs ? value : withoutBar(value);
                })
                .toList();
    }

    /** What stands in the place of the bar of a design that cannot run. */
    static String withoutBar(String name) {
        return name + ": cannot run";
    }

    private static Optional<CellResult> first(ChartRequest request, ChartAxis x, String category) {
        return request.result().feasible().stream()
                .filter(result -> x.of(result.cell()).equals(category))
                .findFirst();
    }

    /** What the lines at bars are; empty where no bar has one. */
    static String intervals(List<BarSeries> series) {
        boolean any = series.stream()
                .flatMap(one -> one.values().stream())
                .flatMap(Optional::stream)
                .anyMatch(estimate -> !estimate.isExact());
        return any ? "; lines are 95 % intervals over the replications" : "";
    }

    /** Why bars are missing, where some are. */
    private static String missing(ChartRequest request) {
        if (request.result().feasible().size() < request.result().grid().size()) {
            return "; a missing bar cannot run";
        }
        return request.result().feasible().stream()
                .filter(cell -> cell.mean(request.metric()).isEmpty())
                .findFirst()
                .map(cell -> "; a missing bar has no value, " + Unknown.reason(cell, request.metric()))
                .orElse("");
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
                .filter(result -> x.of(result.cell()).equals(category))
                .filter(result -> by.isEmpty() || by.get().of(result.cell()).equals(name))
                .flatMap(result -> result.estimate(request.metric()).stream())
                .findFirst();
    }
}
