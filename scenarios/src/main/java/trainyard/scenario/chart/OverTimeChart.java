package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.figure.SmallMultiplesFigure;
import trainyard.report.figure.SmallMultiplesFigure.Panel;
import trainyard.report.figure.StepFigure;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.stats.Quantiles;

/**
 * A quantity within one replication over its time. Of several replications it shows the median and the range from the 5th
 * to the 95th percentile at each time, until the first of them ends.
 */
final class OverTimeChart {

    private static final int FAN_POINTS = 200;
    private static final int STRETCHES = 120;
    private static final int PANEL_STRETCHES = 200;

    private final ChartRequest request;
    private final Metric quantity;
    private final double from;
    private final double to;
    private final TimeAxis time;
    private final Map<String, List<Details>> candidates;

    private OverTimeChart(ChartRequest request, Map<String, List<Details>> candidates) {
        this.request = request;
        this.candidates = candidates;
        this.quantity = request.metric().shownUpTo(largest());
        from = request.values().find(ChartSection.FROM).orElse(0.0);
        to = request.end(from, lastSeconds());
        time = switch (clock()) {
            case TIME, GPU_TIME -> TimeAxis.upTo(to);
            case EPOCHS, UPDATES -> new TimeAxis("", 1);
        };
    }

    /** The figure; nothing where no cell runs. */
    static Optional<Figure> of(ChartRequest request) {
        Map<String, List<Details>> candidates = new LinkedHashMap<>();
        request.candidateDetails().forEach((name, details) -> {
            if (details.stream().anyMatch(one -> !one.series(request.metric()).isEmpty())) {
                candidates.put(name, details);
            }
        });
        return candidates.isEmpty() ? Optional.empty() : Optional.of(new OverTimeChart(request, candidates).figure());
    }

    private double lastSeconds() {
        return shown().mapToDouble(TimeSeries.At::seconds).max().orElse(1);
    }

    private double largest() {
        return shown().mapToDouble(TimeSeries.At::value).max().orElse(0);
    }

    private Stream<TimeSeries.At> shown() {
        return candidates.values().stream()
                .flatMap(List::stream)
                .flatMap(details -> details.series(request.metric()).stream())
                .flatMap(series -> series.points().stream());
    }

    private Figure figure() {
        String title = quantity.words() + (clock() == TimeSeries.Clock.TIME ? " over time" : "");
        boolean fan = candidates.values().stream().anyMatch(runs -> runs.size() > 1);
        String caption = fan
                ? "median and the range from the 5th to the 95th percentile of "
                        + candidates.values().iterator().next().size() + " replications."
                : meaning();
        if (request.values().get(ChartSection.PANELS) && !fan) {
            return panels(request.text(title, caption));
        }
        return request.values().get(ChartSection.STACKED) && !fan
                ? stacked(title, caption)
                : overlaid(title, caption, fan);
    }

    /** What the curves are. What is said of a quantity that also has one value in each run is said of that value. */
    private String meaning() {
        boolean hasOneValue = request.result().study().metrics().stream()
                .anyMatch(metric -> metric.name().equals(quantity.name()));
        return hasOneValue ? quantity.words() + " at each moment of one replication." : quantity.doc();
    }

    /** A curve per candidate and curve of it, on the same axes. */
    private Figure overlaid(String title, String caption, boolean fan) {
        boolean steps = candidates.values().stream()
                .flatMap(List::stream)
                .flatMap(details -> details.series(quantity).stream())
                .allMatch(series -> series.shape() == TimeSeries.Shape.STEP);
        Axis x = time.axis(clock()).upTo(time.of(to));
        Axis y = axis();
        boolean stepped = steps && !fan;
        Gaps gaps = new Gaps(x, y);
        List<Series> drawn = curves(steps).stream()
                .flatMap(curve -> gaps.split(curve, stepped, (before, after) -> false).stream())
                .toList();
        if (drawn.stream().allMatch(curve -> curve.points().isEmpty())) {
            throw new UndrawableException(
                    "all values of " + quantity.words() + " are 0 or below, for which a logarithmic axis has no place");
        }
        FigureText words = request.text(title, gaps.caption(caption));
        List<ReferenceLine> lines = lines().stream()
                .filter(line -> !y.scale().logarithmic() || line.value() > 0)
                .toList();
        return stepped
                ? new StepFigure(words, x, y, drawn, lines, List.of())
                : new LineFigure(words, x, y, drawn, lines, List.of());
    }

    private List<Series> curves(boolean steps) {
        List<Series> curves = new ArrayList<>();
        candidates.forEach((candidate, replications) -> {
            List<List<TimeSeries>> runs =
                    replications.stream().map(this::inOrder).toList();
            CurvesByName.of(runs).forEach((curve, ofRuns) -> curves.add(curve(name(candidate, curve), ofRuns, steps)));
        });
        return curves;
    }

    private TimeSeries.Clock clock() {
        return first().series(quantity).get(0).clock();
    }

    /** The first replication of the first candidate in which the quantity has a curve. */
    private Details first() {
        return candidates.values().iterator().next().stream()
                .filter(details -> !details.series(quantity).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** The curves of a run in the order in which their limits are stated, those without one last. */
    private List<TimeSeries> inOrder(Details details) {
        List<String> limited = details.limits().stream()
                .filter(limit -> limit.quantity().equals(quantity))
                .map(Details.Limit::name)
                .toList();
        return details.series(quantity).stream()
                .sorted(Comparator.comparingInt(
                        series -> limited.contains(series.name()) ? limited.indexOf(series.name()) : limited.size()))
                .toList();
    }

    /** The limits of the quantity as lines under their names, equal ones as one line; one without a name is called limit. */
    private List<ReferenceLine> lines() {
        return lines(name -> true);
    }

    private List<ReferenceLine> lines(Predicate<String> wanted) {
        Map<Double, String> names = new LinkedHashMap<>();
        first().limits().stream()
                .filter(limit -> limit.quantity().equals(quantity) && wanted.test(limit.name()))
                .forEach(limit -> names.merge(
                        quantity.inUnit(limit.value()),
                        limit.name().isEmpty() ? "limit" : limit.name(),
                        (one, other) -> one + ", " + other));
        return names.entrySet().stream()
                .map(line -> ReferenceLine.atY(line.getValue(), line.getKey()))
                .toList();
    }

    /** A panel per curve of each candidate. */
    private Figure panels(FigureText text) {
        List<Panel> panels = new ArrayList<>();
        candidates.forEach((candidate, runs) -> {
            List<TimeSeries> curves = inOrder(runs.get(0));
            for (TimeSeries series : curves) {
                OptionalDouble limit = runs.get(0).limits().stream()
                        .filter(one -> one.quantity().equals(quantity))
                        .filter(one -> curves.size() == 1 || one.name().equals(series.name()))
                        .mapToDouble(one -> quantity.inUnit(one.value()))
                        .findFirst();
                panels.add(new Panel(name(candidate, series.name()), stretches(series), limit));
            }
        });
        return new SmallMultiplesFigure(
                text,
                time.axis(clock()).upTo(time.of(to)),
                axis().from(0),
                panels.stream().anyMatch(panel -> panel.limit().isPresent()) ? "within the limit" : quantity.words(),
                "beyond it",
                panels);
    }

    /** The mean over each short stretch of time, which holds until the next. */
    private List<Point> stretches(TimeSeries series) {
        List<Point> points = new ArrayList<>();
        double stretch = (to - from) / PANEL_STRETCHES;
        for (int i = 0; i < PANEL_STRETCHES; i++) {
            points.add(point(from + i * stretch, series.mean(from + i * stretch, from + (i + 1) * stretch)));
        }
        points.add(Point.of(time.of(to), points.get(points.size() - 1).y().value()));
        return points;
    }

    /**
     * Layers of the first candidate, each point the mean from half a stretch before it to half a stretch after it, with the
     * limits of their sum: that of one curve says nothing where it lies on others.
     */
    private Figure stacked(String title, String caption) {
        List<TimeSeries> curves = inOrder(first());
        String others = curves.stream()
                .filter(series -> !series.isPart())
                .map(TimeSeries::name)
                .collect(Collectors.joining(", "));
        OneOfSeveral shown = OneOfSeveral.of(candidates.keySet().iterator().next(), candidates.size());
        String left = others.isEmpty() ? "" : "Not drawn, as no part of the whole: " + others + ".";
        FigureText text = request.text(title + shown.behindTitle(), caption, (shown.remark() + " " + left).strip());
        List<Series> layers = new ArrayList<>();
        double stretch = (to - from) / STRETCHES;
        for (TimeSeries series : curves.stream().filter(TimeSeries::isPart).toList()) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i <= STRETCHES; i++) {
                double middle = from + i * stretch;
                double mean = series.mean(Math.max(from, middle - stretch / 2), Math.min(to, middle + stretch / 2));
                points.add(point(middle, mean));
            }
            String name = series.name().isEmpty() ? quantity.words() : series.name();
            layers.add(Series.plain(name, points));
        }
        List<ReferenceLine> ofAll =
                lines(name -> layers.stream().noneMatch(layer -> layer.name().equals(name)));
        return new AreaFigure(text, time.axis(clock()).upTo(time.of(to)), axis(), layers, ofAll);
    }

    /** Of what all curves measure: storage read and storage written are both a rate of the storage. */
    private Axis axis() {
        List<Metric> measured = first().series(quantity).stream()
                .map(TimeSeries::measured)
                .distinct()
                .toList();
        String label = Wording.capital(
                measured.size() == 1
                        ? measured.get(0).words()
                        : SharedWords.of(measured).shared());
        return request.isLog(ChartSection.Y_SCALE)
                ? Axis.log10(label, quantity.unit())
                : Axis.linear(label, quantity.unit());
    }

    private String name(String candidate, String curve) {
        if (curve.isEmpty()) {
            return candidate;
        }
        return candidates.size() == 1 ? curve : candidate + ", " + curve;
    }

    private Series curve(String name, List<TimeSeries> runs, boolean steps) {
        return runs.size() == 1 ? Series.plain(name, points(runs.get(0), steps)) : Series.plain(name, fan(runs));
    }

    /** The points within the window, with the values at its ends; steps among straight lines have their corners. */
    private List<Point> points(TimeSeries series, boolean steps) {
        List<Point> points = new ArrayList<>();
        series.value(from).ifPresent(value -> points.add(point(from, value)));
        for (TimeSeries.At at : series.points()) {
            if (at.seconds() > from && at.seconds() <= to) {
                if (!steps && series.shape() == TimeSeries.Shape.STEP && !points.isEmpty()) {
                    points.add(Point.of(
                            time.of(at.seconds()),
                            points.get(points.size() - 1).y().value()));
                }
                points.add(Point.of(
                        time.of(at.seconds()),
                        quantity.inUnit(at.value()),
                        quantity.inUnit(at.low()),
                        quantity.inUnit(at.high())));
            }
        }
        series.value(to).ifPresent(value -> points.add(point(to, value)));
        return points;
    }

    private Point point(double seconds, double value) {
        return Point.of(time.of(seconds), quantity.inUnit(value));
    }

    private static double end(TimeSeries series) {
        return series.points().get(series.points().size() - 1).seconds();
    }

    private List<Point> fan(List<TimeSeries> runs) {
        List<Point> points = new ArrayList<>();
        double firstEnd = runs.stream().mapToDouble(OverTimeChart::end).min().orElse(to);
        double last = Math.min(to, firstEnd);
        for (int i = 0; i <= FAN_POINTS; i++) {
            double seconds = from + (last - from) * i / FAN_POINTS;
            double[] values = runs.stream()
                    .flatMapToDouble(run -> run.value(seconds).stream())
                    .map(quantity::inUnit)
                    .toArray();
            if (values.length > 0) {
                Quantiles quantiles = new Quantiles(values);
                points.add(Point.of(
                        time.of(seconds), quantiles.median(), quantiles.quantile(0.05), quantiles.quantile(0.95)));
            }
        }
        return points;
    }
}
