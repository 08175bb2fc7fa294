package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Figure;
import trainyard.report.figure.RadarFigure;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Wording;

/**
 * Candidates over several metrics. A spoke ends at the best of the candidates; another reaches value/best of a metric that
 * is better high, best/value of one that is better low. Ratios, not places between worst and best, so that a design a
 * tenth slower than the best looks a tenth slower.
 */
final class RadarChart {

    private static final int FEWEST = 3;

    private final ChartRequest request;
    private final List<Metric> metrics;
    private final Map<String, CellResult> candidates;

    private RadarChart(ChartRequest request) {
        this.request = request;
        metrics = request.columns().orElse(List.of());
        candidates = request.candidates();
        if (metrics.size() < FEWEST) {
            throw new ScenarioException(Problem.at(
                    request.values().position(),
                    Problem.Kind.KEY,
                    "a radar needs at least " + FEWEST + " metrics",
                    "columns: [METRIC, METRIC, METRIC]"));
        }
    }

    /** The figure; nothing where no candidate has a value. */
    static Optional<Figure> of(ChartRequest request) {
        RadarChart chart = new RadarChart(request);
        boolean none =
                chart.metrics.stream().anyMatch(metric -> chart.best(metric).isEmpty());
        return none ? Optional.empty() : Optional.of(chart.figure());
    }

    private Figure figure() {
        List<RadarFigure.Spoke> spokes = new ArrayList<>();
        for (Metric metric : metrics) {
            String best = metric.format(best(metric).getAsDouble());
            boolean judged = metric.better() != Metric.Better.NEITHER;
            spokes.add(new RadarFigure.Spoke(Wording.capital(metric.words()), (judged ? "best " : "most ") + best));
        }
        List<RadarFigure.Shape> shapes = new ArrayList<>();
        candidates.forEach((name, cell) -> shapes.add(new RadarFigure.Shape(
                name, metrics.stream().map(metric -> share(metric, cell)).toList())));
        String caption = "the outer ring is the best of each; half way in is half as good.";
        return new RadarFigure(request.text("Designs side by side", caption), spokes, shapes);
    }

    private OptionalDouble best(Metric metric) {
        var values = candidates.values().stream()
                .flatMap(cell -> cell.mean(metric).stream())
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite);
        return metric.better() == Metric.Better.LOWER ? values.min() : values.max();
    }

    private OptionalDouble share(Metric metric, CellResult cell) {
        Optional<Double> value = cell.mean(metric).filter(number -> number >= 0);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        double best = best(metric).getAsDouble();
        double ratio = metric.better() == Metric.Better.LOWER ? best / value.get() : value.get() / best;
        return OptionalDouble.of(Double.isNaN(ratio) ? 1 : Math.max(0, Math.min(1, ratio)));
    }
}
