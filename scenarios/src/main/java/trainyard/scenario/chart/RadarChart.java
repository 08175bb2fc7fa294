package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Figure;
import trainyard.report.figure.RadarFigure;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/**
 * Candidates over several metrics. A spoke ends at the best of the candidates; another reaches value/best of a metric that
 * is better high, best/value of one that is better low. Ratios, not places between worst and best, so that a design a
 * tenth slower than the best looks a tenth slower.
 */
final class RadarChart {

    private static final int FEWEST = 3;

    private final ChartRequest request;
    private final Map<String, CellResult> candidates;
    private final List<Respect> respects = new ArrayList<>();

    /**
     * What a spoke compares.
     *
     * @param metric what is compared
     * @param ring what the value at the outer ring is of all: best, most or the largest that fits
     * @param values by candidate; one without is left out
     */
    private record Respect(Metric metric, String ring, Map<String, Double> values) {

        OptionalDouble best() {
            var finite =
                    values.values().stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
            return metric.better() == Metric.Better.LOWER ? finite.min() : finite.max();
        }

        OptionalDouble share(String candidate) {
            Double value = values.getOrDefault(candidate, -1.0);
            if (!(value >= 0)) {
                return OptionalDouble.empty();
            }
            double best = best().getAsDouble();
            double ratio = metric.better() == Metric.Better.LOWER ? best / value : value / best;
            return OptionalDouble.of(Double.isNaN(ratio) ? 1 : Math.max(0, Math.min(1, ratio)));
        }

        RadarFigure.Spoke spoke() {
            return new RadarFigure.Spoke(
                    Wording.capital(metric.words()), ring + " " + metric.format(best().getAsDouble()));
        }
    }

    private RadarChart(ChartRequest request) {
        this.request = request;
        candidates = request.candidates();
        request.columns().orElse(List.of()).forEach(metric -> respects.add(respect(metric)));
        request.largestMetric()
                .ifPresent(metric -> respects.add(new Respect(metric, "largest", request.largest(metric))));
        if (respects.size() < FEWEST) {
            throw new ScenarioException(Problem.at(
                    request.values().position(),
                    Problem.Kind.KEY,
                    "a radar needs at least " + FEWEST + " metrics",
                    "columns: [METRIC, METRIC, METRIC]"));
        }
    }

    /**
     * @throws ScenarioException unless there are enough metrics
     */
    static void check(ChartRequest request) {
        new RadarChart(request);
    }

    private Respect respect(Metric metric) {
        Map<String, Double> values = new HashMap<>();
        candidates.forEach((name, cell) -> cell.mean(metric).ifPresent(value -> values.put(name, value)));
        return new Respect(metric, metric.better() == Metric.Better.NEITHER ? "most" : "best", values);
    }

    /** The figure; nothing where no candidate has a value. */
    static Optional<Figure> of(ChartRequest request) {
        RadarChart chart = new RadarChart(request);
        boolean none =
                chart.respects.stream().anyMatch(respect -> respect.best().isEmpty());
        return none ? Optional.empty() : Optional.of(chart.figure());
    }

    private Figure figure() {
        List<RadarFigure.Shape> shapes = new ArrayList<>();
        for (String name : candidates.keySet()) {
            shapes.add(new RadarFigure.Shape(
                    name, respects.stream().map(respect -> respect.share(name)).toList()));
        }
        String caption = "the outer ring is the best of each; half way in is half as good.";
        return new RadarFigure(
                request.text("Designs side by side", caption),
                respects.stream().map(Respect::spoke).toList(),
                shapes);
    }
}
