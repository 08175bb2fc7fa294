package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.format.Numbers;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.MetricPath;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** Curves of a metric over a swept path, one per value of another axis. */
final class LineChart {

    private final ChartRequest request;
    private final ChartAxis x;
    private final Optional<ChartAxis> by;
    private final Metric metric;
    private final Axis xAxis;
    private final Axis yAxis;
    private final Gaps gaps;

    private LineChart(ChartRequest request) {
        this.request = request;
        this.x = request.needed(ChartSection.X);
        this.by = request.axis(ChartSection.BY);
        this.metric = request.metric();
        this.xAxis = x.axis(request.isLog(ChartSection.X_SCALE));
        this.yAxis = yAxis();
        this.gaps = new Gaps(xAxis, yAxis);
    }

    static Figure of(ChartRequest request) {
        return new LineChart(request).figure();
    }

    private Figure figure() {
        List<Series> series = new ArrayList<>();
        List<Annotation> knees = new ArrayList<>();
        for (String name : names()) {
            List<Point> points = shown(gaps.drawn(points(name, metric)));
            boolean overlaid = request.values().find(ChartSection.OVERLAY).isPresent();
            String called = called(name);
            series.add(overlaid ? Series.withErrorBars(called, points) : Series.of(called, points));
            if (request.values().get(ChartSection.KNEE)) {
                Knee.of(points, request.isLog(ChartSection.X_SCALE))
                        .ifPresent(knee ->
                                knees.add(new Annotation(knee.x(), knee.y().value(), "knee at " + place(knee.x()))));
            }
            request.values()
                    .find(ChartSection.OVERLAY)
                    .filter(kind -> !points.isEmpty())
                    .ifPresent(kind -> series.add(Series.overlay(words(kind), ideal(name, points, kind))));
        }
        if (request.values().get(ChartSection.CROSSINGS)) {
            List<Series> curves = series.stream()
                    .filter(one -> one.stroke() != Series.Stroke.DASHED)
                    .toList();
            knees.addAll(Crossings.of(
                    curves, request.isLog(ChartSection.X_SCALE), request.isLog(ChartSection.Y_SCALE), this::place));
        }
        List<Series> drawn = split(series);
        if (drawn.stream().allMatch(curve -> curve.points().isEmpty())) {
            throw new UndrawableException("no point of " + metric.words() + " can be drawn."
                    + gaps.caption(withoutFirst()).replaceAll("\\.$", ""));
        }
        PublishedPoints published = PublishedPoints.of(request, x);
        drawn.addAll(published.series());
        String over = metric.words() + " over " + Wording.lower(x.label());
        String differences = published.differences(xAxis, yAxis, this::curve);
        return new LineFigure(
                request.text(over, gaps.caption(extremes() + withoutFirst() + withoutClosedForm(series)), differences),
                xAxis,
                yAxis,
                drawn,
                marks(),
                knees);
    }

    /** The curves in the parts between which there are gaps. */
    private List<Series> split(List<Series> series) {
        Map<String, String> values = new HashMap<>();
        names().forEach(name -> values.put(called(name), name));
        return new ArrayList<>(series.stream()
                .flatMap(curve -> gaps
                        .split(
                                curve,
                                false,
                                (before, after) -> values.containsKey(curve.name())
                                        && isApart(values.get(curve.name()), before, after))
                        .stream())
                .toList());
    }

    /** The curve that published values are held against: that of a value of {@code by}, or the only one. */
    private List<Point> curve(Optional<String> name) {
        Optional<String> meant = name.or(() -> names().size() == 1 ? Optional.of(names().get(0)) : Optional.empty());
        return meant.map(one -> shown(points(one, metric)).stream()
                        .filter(gaps::hasPlace)
                        .toList())
                .orElse(List.of());
    }

    private String called(String name) {
        return by.map(axis -> axis.legend(name)).orElse(name);
    }

    private List<String> names() {
        return by.map(ChartAxis::values).orElse(List.of(metric.words()));
    }

    private Axis yAxis() {
        boolean relative = request.values().get(ChartSection.RELATIVE);
        String label = Wording.capital(metric.words()) + (relative ? " over the first point" : "");
        String unit = relative ? "%" : metric.unit();
        return request.isLog(ChartSection.Y_SCALE) ? Axis.log10(label, unit) : Axis.linear(label, unit);
    }

    /** Whether a cell between two points of a curve cannot run or has no value: a line across it would state one. */
    private boolean isApart(String name, Point before, Point after) {
        Set<String> there = cells(name, metric)
                .filter(cell -> gaps.hasPlace(point(cell, metric)))
                .map(cell -> x.of(cell.cell()))
                .collect(Collectors.toSet());
        return request.result().grid().stream()
                .map(cell -> x.of(cell.cell()))
                .distinct()
                .filter(value -> !there.contains(value))
                .map(value -> x.place(value).orElseThrow())
                .anyMatch(place -> place > before.x() && place < after.x());
    }

    /** The metrics under {@code marks}, at their values in the first cell that runs. */
    private List<ReferenceLine> marks() {
        List<ReferenceLine> lines = new ArrayList<>();
        for (String name : request.values().find(ChartSection.MARKS).orElse(List.of())) {
            Metric mark = x.metricOn(name, request, ChartSection.MARKS);
            request.result().feasible().stream()
                    .flatMap(cell -> cell.mean(mark).stream())
                    .findFirst()
                    .ifPresent(value -> lines.add(ReferenceLine.atX(label(mark, x.place(value)), x.place(value))));
        }
        request.target().ifPresent(target -> lines.add(ReferenceLine.atY(target.label(), target.value())));
        return lines;
    }

    /** {@code checkpoint-interval.young} at 110 becomes {@code Young 110 min}. */
    private String label(Metric mark, double place) {
        String last = mark.name().substring(mark.name().lastIndexOf('.') + 1);
        String unit = x.axis(false).unit();
        return Wording.capital(Wording.of(last)) + " " + Numbers.compact(place, 3) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** The cells of a curve that have a value. */
    private Stream<CellResult> cells(String name, Metric shown) {
        return request.result().feasible().stream()
                .filter(result -> by.isEmpty() || by.get().of(result.cell()).equals(name))
                .filter(result -> result.mean(shown).isPresent());
    }

    private List<Point> points(String name, Metric shown) {
        Set<String> places = new HashSet<>();
        return cells(name, shown)
                .filter(result -> places.add(x.of(result.cell())))
                .map(result -> point(result, shown))
                .sorted(Comparator.comparingDouble(Point::x))
                .toList();
    }

    private Point point(CellResult result, Metric shown) {
        return new Point(x.place(x.of(result.cell())).orElseThrow(), estimate(result, shown));
    }

    private static Estimate estimate(CellResult result, Metric shown) {
        return result.estimate(shown).orElseThrow();
    }

    private String place(double value) {
        boolean whole = value == Math.rint(value) && value < 1e6;
        return whole ? String.format(java.util.Locale.ROOT, "%.0f", value) : x.format(value);
    }

    /** The points, or where asked for in percent of the first; none where that is 0, over which nothing has a value. */
    private List<Point> shown(List<Point> points) {
        if (!request.values().get(ChartSection.RELATIVE) || points.isEmpty()) {
            return points;
        }
        double first = points.get(0).y().value() / 100;
        if (first == 0) {
            return List.of();
        }
        return points.stream()
                .map(point -> Point.of(
                        point.x(),
                        point.y().value() / first,
                        point.y().low() / first,
                        point.y().high() / first))
                .toList();
    }

    /** Which curves have no value over their first point, since it is 0. */
    private String withoutFirst() {
        if (!request.values().get(ChartSection.RELATIVE)) {
            return "";
        }
        List<String> without = names().stream()
                .filter(name -> points(name, metric).stream()
                        .limit(1)
                        .anyMatch(first -> first.y().value() == 0))
                .toList();
        return without.isEmpty()
                ? ""
                : " The first point is 0, so nothing can be shown over it: " + String.join("; ", without) + ".";
    }

    /** In proportion to x, or to its inverse where the curve falls, as a time does that more GPUs share; none from x = 0 on. */
    private List<Point> ideal(String name, List<Point> points, String kind) {
        if (kind.equals("closed-form")) {
            return points(name, closedForm());
        }
        Point first = points.get(0);
        if (kind.equals("constant")) {
            return points.stream()
                    .map(point -> Point.of(point.x(), first.y().value()))
                    .toList();
        }
        boolean falls = points.get(points.size() - 1).y().value() < first.y().value();
        return points.stream()
                .filter(point -> first.x() != 0)
                .map(point -> Point.of(
                        point.x(), first.y().value() * (falls ? first.x() / point.x() : point.x() / first.x())))
                .toList();
    }

    /** All curves share the name of their overlay, so the key lists it once. */
    private static String words(String kind) {
        return kind.equals("closed-form") ? "closed form" : "ideal";
    }

    /** Where no curve has a closed form: the key says so, and here stands who says why. */
    private String withoutClosedForm(List<Series> curves) {
        boolean asked = request.values()
                .find(ChartSection.OVERLAY)
                .filter("closed-form"::equals)
                .isPresent();
        boolean any = curves.stream()
                .anyMatch(curve -> curve.stroke() == Series.Stroke.DASHED
                        && !curve.points().isEmpty());
        return asked && !any
                ? " No closed form holds here: trainyard explain "
                        + closedForm().name() + " says why."
                : "";
    }

    private Metric closedForm() {
        return MetricPath.find(
                        metric.name() + ".closed-form",
                        request.result().study().metrics(),
                        request.values().position(ChartSection.OVERLAY))
                .like(metric);
    }

    private String extremes() {
        return request.result()
                .best(metric)
                .map(CellResult::cell)
                .map(cell -> "best " + metric.words() + " at " + cell.label() + ".")
                .orElse("no cell has a value.");
    }
}
