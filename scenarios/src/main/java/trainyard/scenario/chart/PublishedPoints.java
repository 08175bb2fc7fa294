package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ChartPointSection;
import trainyard.scenario.section.ChartSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Metric;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/** The published values of a chart, one series per source. */
final class PublishedPoints {

    private PublishedPoints() {}

    /**
     * The series in the order of their first points.
     *
     * @throws ScenarioException if a value has the wrong unit
     */
    static List<Series> of(ChartRequest request, ChartAxis x) {
        Map<String, List<Point>> bySource = new LinkedHashMap<>();
        for (Values point : request.values().find(ChartSection.POINTS).orElse(List.of())) {
            bySource.computeIfAbsent(point.get(ChartPointSection.SOURCE), source -> new ArrayList<>())
                    .add(point(request.metric(), x, point));
        }
        List<Series> series = new ArrayList<>();
        bySource.forEach((source, points) -> series.add(Series.points(source, points)));
        return series;
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
