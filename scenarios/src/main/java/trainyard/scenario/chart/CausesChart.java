package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.workload.Details;
import trainyard.scenario.workload.Lane;

/** What each cause of incidents costs the job, its phases on top of each other, as a share of its time. */
final class CausesChart {

    private static final double PERCENT = 100;

    private final Map<String, Map<String, Double>> secondsByCause = new LinkedHashMap<>();
    private final List<String> phases = new ArrayList<>();
    private double allSeconds;

    private CausesChart(List<Details> runs) {
        for (Details details : runs) {
            details.lanes().stream().limit(1).forEach(this::add);
        }
    }

    /** The figure; nothing where nothing stopped the job. */
    static Optional<Figure> of(ChartRequest request) {
        return request.candidates().values().stream()
                .findFirst()
                .map(cell -> new CausesChart(request.details(cell)))
                .filter(chart -> !chart.secondsByCause.isEmpty())
                .map(chart -> chart.figure(request));
    }

    private void add(Lane lane) {
        for (Lane.Span span : lane.spans()) {
            double seconds = span.endSeconds() - span.startSeconds();
            allSeconds += seconds;
            if (!span.label().isEmpty()) {
                secondsByCause
                        .computeIfAbsent(span.label(), cause -> new LinkedHashMap<>())
                        .merge(span.state(), seconds, Double::sum);
                if (!phases.contains(span.state())) {
                    phases.add(span.state());
                }
            }
        }
    }

    private static double sum(Map<String, Double> phases) {
        return phases.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private Figure figure(ChartRequest request) {
        List<String> causes = secondsByCause.keySet().stream()
                .sorted(Comparator.comparingDouble(cause -> -sum(secondsByCause.get(cause))))
                .toList();
        List<BarSeries> series = phases.stream()
                .map(phase -> new BarSeries(
                        phase,
                        causes.stream()
                                .map(cause -> Optional.of(Estimate.exact(share(cause, phase))))
                                .toList()))
                .toList();
        String caption = "share of the job's time from a fault until all that it destroyed is done again.";
        return BarFigure.stacked(
                        request.text("What each cause costs", caption),
                        "Cause",
                        causes,
                        Axis.linear("Share of the job's time", "%"),
                        series)
                .horizontal();
    }

    private double share(String cause, String phase) {
        return PERCENT * secondsByCause.get(cause).getOrDefault(phase, 0.0) / allSeconds;
    }
}
