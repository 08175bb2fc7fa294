package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BoxFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.figure.StepFigure;
import trainyard.report.format.Numbers;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.stats.Quantiles;

/** The distribution of a metric over the replications, or of what there are many values of within one. */
final class DistributionChart {

    private static final double[] MARKED_PERCENTILES = {50, 90, 99};

    /**
     * The values of a design.
     *
     * @param values in the unit of the metric
     * @param of how many there are, those without a value included
     * @param open replications that ended before what the metric measures had happened
     */
    private record Distribution(double[] values, int of, long open) {

        boolean isDrawn() {
            return values.length > 0;
        }

        long notPositive() {
            return Arrays.stream(values).filter(value -> value <= 0).count();
        }

        double percentile(double percent) {
            return new Quantiles(values).quantile(percent / 100);
        }

        /** The value that a share of all stays at or below; empty where too few have one. */
        OptionalDouble reached(double percent) {
            int rank = (int) Math.ceil(percent / 100 * of);
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return rank <= sorted.length ? OptionalDouble.of(sorted[Math.max(0, rank - 1)]) : OptionalDouble.empty();
        }
    }

    private final ChartRequest request;
    private final Metric metric;
    /** Those with values, and those whose replications ended before there was one. */
    private final Map<String, Distribution> designs = new LinkedHashMap<>();

    private final List<String> without = new ArrayList<>();

    private DistributionChart(ChartRequest request) {
        this.request = request;
        if (isSample(request)) {
            Map<String, List<Details>> runs = request.candidateDetails();
            this.metric = request.metric().shownUpTo(largest(runs, request.metric()));
            runs.forEach((name, details) -> put(name, sample(details)));
        } else {
            this.metric = request.metric();
            request.candidates().forEach((name, cell) -> put(name, replications(cell)));
        }
    }

    private void put(String name, Distribution values) {
        if (values.isDrawn() || values.open() > 0) {
            designs.put(name, values);
        } else {
            without.add(name);
        }
    }

    /**
     * Share of the values up to each; nothing where no cell has one.
     *
     * @throws UndrawableException if no replication got to what the metric measures
     */
    static Optional<Figure> cdf(ChartRequest request) {
        DistributionChart chart = new DistributionChart(request);
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart.cdf());
    }

    /**
     * A box per design; nothing where no cell has a value.
     *
     * @throws UndrawableException if no replication got to what the metric measures
     */
    static Optional<Figure> boxes(ChartRequest request) {
        DistributionChart chart = new DistributionChart(request);
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart.boxes());
    }

    /** Whether there is nothing to draw, for a reason that is not known. */
    private boolean isEmpty() {
        if (!designs.isEmpty() && designs.values().stream().noneMatch(Distribution::isDrawn)) {
            throw new UndrawableException(notReached());
        }
        return designs.isEmpty();
    }

    /** How many replications of which designs have no value, and which designs have none at all; empty where all have one. */
    private List<String> remarks() {
        List<String> sentences = new ArrayList<>();
        if (designs.values().stream().anyMatch(values -> values.open() > 0)) {
            sentences.add(Wording.capital(notReached()) + ".");
        }
        if (!without.isEmpty()) {
            sentences.add("No value: " + String.join("; ", without) + ".");
        }
        return sentences;
    }

    private String notReached() {
        String of = designs.entrySet().stream()
                .filter(design -> design.getValue().open() > 0)
                .map(design -> (isOneOfOne() ? "" : design.getKey() + " ") + "in "
                        + design.getValue().open() + " of "
                        + Wording.counted(design.getValue().of(), "replication"))
                .collect(Collectors.joining("; "));
        return "not reached within the horizon: " + of;
    }

    /** Whether some but not all replications of a design have a value. */
    private boolean cutShort() {
        return designs.values().stream().anyMatch(values -> values.isDrawn() && values.open() > 0);
    }

    private boolean isOneOfOne() {
        return designs.size() + without.size() == 1;
    }

    /** Which design the only curve is of, where the scenario has others; a key has several curves. */
    private String only() {
        boolean alone = designs.size() == 1 && request.result().grid().size() > 1;
        return alone
                ? "The curve is of "
                        + request.candidates()
                                .get(designs.keySet().iterator().next())
                                .cell()
                                .label()
                        + "."
                : "";
    }

    private static boolean isSample(ChartRequest request) {
        return request.result().study().samples().contains(request.metric());
    }

    private static double largest(Map<String, List<Details>> runs, Metric metric) {
        return runs.values().stream()
                .flatMap(List::stream)
                .flatMapToDouble(details -> Arrays.stream(details.values(metric)))
                .max()
                .orElse(0);
    }

    private Distribution replications(CellResult cell) {
        double[] values = cell.outcomes().stream()
                .flatMap(outcome -> outcome.value(metric).stream())
                .filter(Double::isFinite)
                .mapToDouble(metric::inUnit)
                .filter(Double::isFinite)
                .toArray();
        long open = cell.outcomes().stream()
                .flatMap(outcome -> outcome.value(metric).stream())
                .filter(value -> value.isInfinite())
                .count();
        return new Distribution(values, cell.outcomes().size(), open);
    }

    private Distribution sample(List<Details> runs) {
        double[] values = runs.stream()
                .flatMapToDouble((Details details) -> Arrays.stream(details.values(metric)))
                .map(metric::inUnit)
                .toArray();
        return new Distribution(values, values.length, 0);
    }

    private Axis axis(ChartSection.Scale scale) {
        String label = Wording.capital(metric.words());
        return scale == ChartSection.Scale.LOG ? Axis.log10(label, metric.unit()) : Axis.linear(label, metric.unit());
    }

    private Figure cdf() {
        Axis x = axis(request.values().get(ChartSection.X_SCALE));
        List<Series> curves = new ArrayList<>();
        long atZero = 0;
        for (Map.Entry<String, Distribution> design : designs.entrySet()) {
            Series curve = design.getValue().isDrawn()
                    ? curve(design.getKey(), design.getValue())
                    : atNone(design.getKey(), isLog(x));
            curves.add(isLog(x) ? onLog(curve) : curve);
            atZero += isLog(x) ? design.getValue().notPositive() : 0;
        }
        requireDrawn(curves.stream().allMatch(curve -> curve.points().isEmpty()));
        String of = isSample(request) ? "of the values" : "of the replications";
        String lowest =
                atZero == 0 ? "" : Gaps.remark(atZero, "value") + " They count in the share at which a curve starts.";
        return new StepFigure(
                request.text(
                        "Distribution of " + metric.words(),
                        "share " + of + " that stay at or below a value." + lowest,
                        sentences(only())),
                x,
                Axis.linear("Share " + of, "%").from(0).upTo(100),
                curves,
                lines(),
                designs.size() == 1 ? marks(designs.values().iterator().next()) : List.of());
    }

    /** Replications without a value, such as jobs that were not done in time, leave the curve below 100 %. */
    private Series curve(String name, Distribution values) {
        List<Point> points = Series.cdf(name, values.values()).points().stream()
                .map(point -> Point.of(point.x(), 100 * point.y().value() * values.values().length / values.of()))
                .toList();
        return Series.plain(name, toTheEnd(points));
    }

    /** The share of what is greatest holds for all that is greater, as far as the others are drawn. */
    private List<Point> toTheEnd(List<Point> points) {
        double greatest = designs.values().stream()
                .flatMapToDouble(values -> Arrays.stream(values.values()))
                .max()
                .orElseThrow();
        Point last = points.get(points.size() - 1);
        return last.x() < greatest
                ? Stream.concat(
                                points.stream(),
                                Stream.of(Point.of(greatest, last.y().value())))
                        .toList()
                : points;
    }

    /** The curve of a design that never gets there: 0 % as far as the others are drawn. */
    private Series atNone(String name, boolean log) {
        DoubleSummaryStatistics drawn = designs.values().stream()
                .flatMapToDouble(values -> Arrays.stream(values.values()))
                .filter(value -> !log || value > 0)
                .summaryStatistics();
        return drawn.getCount() == 0
                ? Series.plain(name, List.of())
                : Series.plain(name, List.of(Point.of(drawn.getMin(), 0), Point.of(drawn.getMax(), 0)));
    }

    /** The remarks, and a sentence more; empty ones left out. */
    private String sentences(String more) {
        return Stream.concat(Stream.of(more), remarks().stream())
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static boolean isLog(Axis axis) {
        return axis.scale().logarithmic();
    }

    /** The part above 0, which starts at the share of what lies at or below it. */
    private static Series onLog(Series curve) {
        List<Point> points = new ArrayList<>();
        double below = 0;
        for (Point point : curve.points()) {
            if (point.x() > 0) {
                if (points.isEmpty()) {
                    points.add(Point.of(point.x(), below));
                }
                points.add(point);
            } else {
                below = point.y().value();
            }
        }
        return curve.with(points);
    }

    private void requireDrawn(boolean nothing) {
        if (nothing) {
            throw new UndrawableException(
                    "all values of " + metric.words() + " are 0 or below, for which a logarithmic axis has no place");
        }
    }

    private List<Annotation> marks(Distribution values) {
        boolean log = request.isLog(ChartSection.X_SCALE);
        List<Annotation> marks = new ArrayList<>();
        for (double percent : MARKED_PERCENTILES) {
            values.reached(percent).stream()
                    .filter(at -> !log || at > 0)
                    .forEach(at -> marks.add(new Annotation(
                            at,
                            percent,
                            "p" + (int) percent + " " + Numbers.compact(at, 3) + " " + metric.unit(),
                            Annotation.Side.BELOW)));
        }
        return marks;
    }

    /** The mean by the closed form where there is one; where several designs share the chart, the marked shares. */
    private List<ReferenceLine> lines() {
        List<ReferenceLine> lines = new ArrayList<>();
        if (designs.size() > 1) {
            lines.add(ReferenceLine.atY("p50", 50));
            lines.add(ReferenceLine.atY("p90", 90));
            return lines;
        }
        String closedForm = metric.name() + ".closed-form";
        request.result().study().metrics().stream()
                .filter(other -> other.name().equals(closedForm))
                .findFirst()
                .flatMap(form -> request.candidates()
                        .values()
                        .iterator()
                        .next()
                        .mean(form)
                        .map(metric::inUnit))
                .filter(mean -> !request.isLog(ChartSection.X_SCALE) || mean > 0)
                .ifPresent(mean -> lines.add(
                        ReferenceLine.atX("mean by the closed form " + Numbers.of(mean) + " " + metric.unit(), mean)));
        return lines;
    }

    private Figure boxes() {
        boolean log = request.isLog(ChartSection.Y_SCALE);
        List<BoxFigure.Box> boxes = new ArrayList<>();
        List<String> atZero = new ArrayList<>();
        designs.forEach((name, values) -> {
            if (values.isDrawn()) {
                BoxFigure.Box box = box(name, values);
                boolean hasPlace = !log || Math.max(box.p95(), box.mean()) > 0;
                if (hasPlace) {
                    boxes.add(box);
                } else {
                    atZero.add(name);
                }
            }
        });
        requireDrawn(boxes.isEmpty());
        String label = request.axis(ChartSection.BY).map(ChartAxis::label).orElse("Design");
        return new BoxFigure(
                request.text(
                        "Spread of " + metric.words(),
                        "boxes from the 25th to the 75th percentile, the median inside, lines from the 5th to the 95th, dots"
                                + " at the mean."
                                + (log ? edge(boxes, atZero) : ""),
                        sentences(cutShort() ? "A box is of the replications that got there." : "")),
                label,
                axis(request.values().get(ChartSection.Y_SCALE)),
                boxes,
                request.target());
    }

    /** What a logarithmic axis has no place for. */
    private static String edge(List<BoxFigure.Box> boxes, List<String> atZero) {
        boolean isAtEdge = boxes.stream().anyMatch(box -> Math.min(box.p5(), box.mean()) <= 0);
        return (isAtEdge ? " What is 0 or below lies at the left edge." : "")
                + (atZero.isEmpty() ? "" : " All 0 or below: " + String.join("; ", atZero) + ".");
    }

    private static BoxFigure.Box box(String name, Distribution values) {
        return new BoxFigure.Box(
                name,
                values.percentile(5),
                values.percentile(25),
                values.percentile(50),
                values.percentile(75),
                values.percentile(95),
                Arrays.stream(values.values()).average().orElseThrow());
    }
}
