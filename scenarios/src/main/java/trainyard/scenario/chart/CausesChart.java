package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Lane;

/** What each cause of incidents costs the job of each design, its phases on top of each other, as a share of its time. */
final class CausesChart {

    private static final double PERCENT = 100;

    /** Seconds by cause and phase of one design. */
    private static final class Design {

        private final Map<String, Map<String, Double>> secondsByCause = new LinkedHashMap<>();
        private double allSeconds;

        Design(List<Details> runs) {
            runs.forEach(run -> run.lanes().stream().limit(1).forEach(this::add));
        }

        private void add(Lane lane) {
            for (Lane.Span span : lane.spans()) {
                double seconds = span.endSeconds() - span.startSeconds();
                allSeconds += seconds;
                if (!span.label().isEmpty()) {
                    secondsByCause
                            .computeIfAbsent(span.label(), cause -> new LinkedHashMap<>())
                            .merge(span.state(), seconds, Double::sum);
                }
            }
        }

        double seconds(String cause) {
            return secondsByCause.getOrDefault(cause, Map.of()).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        double share(String cause, String phase) {
            return PERCENT * secondsByCause.get(cause).getOrDefault(phase, 0.0) / allSeconds;
        }
    }

    /** A bar: a cause in a design. */
    private record Row(String name, String cause, Design design) {}

    private CausesChart() {}

    /**
     * The figure.
     *
     * @throws UndrawableException if nothing stopped the job
     */
    static Figure of(ChartRequest request) {
        Map<String, Design> designs = new LinkedHashMap<>();
        request.candidateDetails().forEach((name, runs) -> designs.put(name, new Design(runs)));
        List<Row> rows = rows(designs);
        if (rows.isEmpty()) {
            throw new UndrawableException(request.fixed()
                    .behind("nothing stopped the job", request.result().study()));
        }
        return figure(request, rows);
    }

    /** Causes in the order of what they cost in all designs, the designs of each together. */
    private static List<Row> rows(Map<String, Design> designs) {
        Set<String> causes = designs.values().stream()
                .flatMap(design -> design.secondsByCause.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Row> rows = new ArrayList<>();
        causes.stream()
                .sorted(Comparator.comparingDouble(cause -> -designs.values().stream()
                        .mapToDouble(design -> design.seconds(cause))
                        .sum()))
                .forEach(cause -> designs.forEach((name, design) -> {
                    if (design.secondsByCause.containsKey(cause)) {
                        rows.add(new Row(designs.size() == 1 ? cause : cause + ", " + name, cause, design));
                    }
                }));
        return rows;
    }

    private static Figure figure(ChartRequest request, List<Row> rows) {
        List<String> phases = rows.stream()
                .flatMap(row -> row.design().secondsByCause.get(row.cause()).keySet().stream())
                .distinct()
                .toList();
        List<BarSeries> series = phases.stream()
                .map(phase -> new BarSeries(
                        phase,
                        rows.stream()
                                .map(row ->
                                        Optional.of(Estimate.exact(row.design().share(row.cause(), phase))))
                                .toList()))
                .toList();
        String caption = "share of the job's time from what stopped it until all that was lost is done again.";
        return BarFigure.stacked(
                        request.text("What each cause costs", caption),
                        "Cause",
                        rows.stream().map(Row::name).toList(),
                        Axis.linear("Share of the job's time", "%"),
                        series)
                .horizontal();
    }
}
