package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.report.ChartPointSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/** The published values of a line chart, one series per source, and by how much the curves miss them. */
final class PublishedPoints {

    /** A published value: which curve it belongs to, and its place as it is written. */
    private record Published(Optional<String> curve, String place, Point point) {}

    private final Metric metric;
    private final Map<String, List<Published>> bySource;

    private PublishedPoints(Metric metric, Map<String, List<Published>> bySource) {
        this.metric = metric;
        this.bySource = bySource;
    }

    /**
     * The points of a chart.
     *
     * @throws ScenarioException if a value has the wrong unit, or names a place or a curve that is not there
     */
    static PublishedPoints of(ChartRequest request, ChartAxis x) {
        Map<String, List<Published>> bySource = new LinkedHashMap<>();
        for (Values point : request.values().find(ChartSection.POINTS).orElse(List.of())) {
            String source = point.get(ChartPointSection.SOURCE);
            bySource.computeIfAbsent(source, name -> new ArrayList<>())
                    .add(new Published(
                            curve(request, point), point.get(ChartPointSection.X), point(request.metric(), x, point)));
        }
        return new PublishedPoints(request.metric(), bySource);
    }

    /** The series in the order of their first points. */
    List<Series> series() {
        List<Series> series = new ArrayList<>();
        bySource.forEach((source, published) -> series.add(
                Series.points(source, published.stream().map(Published::point).toList())));
        return series;
    }

    /**
     * By how much the curves lie above or below the published values, as a sentence; empty where no point has a curve that it can be
     * held against.
     *
     * @param curves the points of the curve of a name, or of the only curve; none where there are several
     */
    String differences(Axis x, Axis y, Function<Optional<String>, List<Point>> curves) {
        List<String> sources = new ArrayList<>();
        bySource.forEach((source, all) -> {
            List<String> differences = new ArrayList<>();
            for (Published published : all) {
                at(published.point().x(), curves.apply(published.curve()), x, y)
                        .ifPresent(value -> differences.add(
                                difference(value, published.point().y())
                                        + (all.size() > 1 ? " at " + published.place() : "")));
            }
            if (!differences.isEmpty()) {
                sources.add(source + ": " + String.join(", ", differences));
            }
        });
        return sources.isEmpty() ? "" : "Curve less published value: " + String.join("; ", sources) + ".";
    }

    /** Shares differ by points of a per cent, other values by a share of what is published. */
    private String difference(double value, Estimate published) {
        boolean points = metric.unit().equals("%");
        double difference = value - published.value();
        String shown = points
                ? String.format(Locale.ROOT, "%+.1f points", difference)
                : String.format(Locale.ROOT, "%+.1f %%", 100 * difference / published.value());
        boolean interval = published.high() > published.low();
        boolean within = value >= published.low() && value <= published.high();
        return interval ? shown + (within ? " (within its interval)" : " (outside its interval)") : shown;
    }

    /** A curve at a place, straight between its points on the scales of the axes; nothing beyond its ends. */
    private static OptionalDouble at(double place, List<Point> curve, Axis x, Axis y) {
        for (int i = 0; i < curve.size(); i++) {
            Point point = curve.get(i);
            if (point.x() == place) {
                return OptionalDouble.of(point.y().value());
            }
            if (i > 0 && curve.get(i - 1).x() < place && place < point.x()) {
                Point before = curve.get(i - 1);
                double share = (on(x, place) - on(x, before.x())) / (on(x, point.x()) - on(x, before.x()));
                double low = on(y, before.y().value());
                double between = low + share * (on(y, point.y().value()) - low);
                return OptionalDouble.of(y.scale().logarithmic() ? Math.exp(between) : between);
            }
        }
        return OptionalDouble.empty();
    }

    private static double on(Axis axis, double value) {
        return axis.scale().logarithmic() ? Math.log(value) : value;
    }

    private static Optional<String> curve(ChartRequest request, Values point) {
        Optional<String> name = point.find(ChartPointSection.OF);
        List<String> known =
                request.axis(ChartSection.BY).map(ChartAxis::values).orElse(List.of());
        name.filter(one -> !known.contains(one)).ifPresent(one -> {
            throw new ScenarioException(Problem.at(
                    point.position(ChartPointSection.OF),
                    Problem.Kind.VALUE,
                    "'" + one + "' is no curve of this chart",
                    known.isEmpty()
                            ? "leave it out, there is one curve"
                            : Nearest.of(one, known)
                                    .map(near -> "did you mean '" + near + "'?")
                                    .orElse("curves: " + String.join(", ", known))));
        });
        return name;
    }

    private static Point point(Metric metric, ChartAxis x, Values point) {
        String place = point.get(ChartPointSection.X);
        double at = x.place(place)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        point.position(ChartPointSection.X),
                        Problem.Kind.VALUE,
                        "'" + place + "' is no place on " + x.path(),
                        "write it like " + x.values().get(0))));
        double value = value(metric, point, ChartPointSection.Y).orElseThrow();
        double low = value(metric, point, ChartPointSection.LOW).orElse(value);
        double high = value(metric, point, ChartPointSection.HIGH).orElse(value);
        if (low > value || high < value) {
            throw new ScenarioException(Problem.at(
                    point.position(ChartPointSection.Y),
                    Problem.Kind.VALUE,
                    "the value lies outside its interval",
                    "low is at most y, high at least"));
        }
        return Point.of(at, value, low, high);
    }

    private static Optional<Double> value(Metric metric, Values point, Field<String> field) {
        return point.find(field).map(text -> inUnit(metric, text, point.position(field)));
    }

    /** A text as a value of a metric, in the unit of charts. */
    static double inUnit(Metric metric, String text, Position position) {
        try {
            return metric.inUnit(Units.value(text, metric.dimension()));
        } catch (UnitException wrong) {
            throw new ScenarioException(Problem.at(position, Problem.Kind.UNIT, wrong.problem(), wrong.fix()));
        }
    }
}
