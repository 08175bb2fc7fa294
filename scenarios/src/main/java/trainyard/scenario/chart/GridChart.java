package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.sgd.SgdRemarks;

/** A metric, or the best of several candidates, over a grid of two axes. */
final class GridChart {

    private final ChartRequest request;
    private final ChartAxis x;
    private final ChartAxis z;
    private final Metric metric;
    private final boolean winners;

    private GridChart(ChartRequest request, boolean winners) {
        this.request = request;
        this.x = request.needed(ChartSection.X);
        this.z = request.needed(ChartSection.Z);
        this.metric = request.metric();
        this.winners = winners;
    }

    static Figure values(ChartRequest request) {
        return new GridChart(request, false).figure();
    }

    static Figure winners(ChartRequest request) {
        return new GridChart(request, true).figure();
    }

    private Figure figure() {
        List<List<HeatMapFigure.Cell>> rows = new ArrayList<>();
        for (String row : z.values()) {
            List<HeatMapFigure.Cell> cells = new ArrayList<>();
            for (String column : x.values()) {
                cells.add(cell(column, row));
            }
            rows.add(cells);
        }
        String over = Wording.lower(x.label()) + " and " + Wording.lower(z.label());
        String title = (winners ? "winner by " : "") + metric.words() + " over " + over;
        String caption = winners
                ? "each cell names the candidate with the best " + metric.words() + "."
                : request.result().grid().stream().allMatch(CellResult::isFeasible)
                        ? "each cell is the mean of its replications"
                                + (isDiverged(request.result().grid()) ? "; runs that diverged have none." : ".")
                        : "hatched cells cannot run; the reason is printed in them.";
        Axis axis = Axis.linear(Wording.capital(metric.words()), metric.unit());
        HeatMapFigure map = new HeatMapFigure(
                request.text(title, caption), x.label(), x.values(), z.label(), z.values(), axis, rows);
        HeatMapFigure lined = map.withContours(contours());
        return track().map(lined::withTrack).orElse(lined);
    }

    private List<Double> contours() {
        return request.values().find(ChartSection.CONTOURS).orElse(List.of()).stream()
                .map(text ->
                        PublishedPoints.inUnit(metric, text, request.values().position(ChartSection.CONTOURS)))
                .toList();
    }

    /** Where a metric lies between the columns, row by row, from the first cell of each row. */
    private Optional<HeatMapFigure.Track> track() {
        return request.values().find(ChartSection.TRACK).map(name -> {
            Metric tracked = x.metricOn(name, request, ChartSection.TRACK);
            List<OptionalDouble> places = z.values().stream()
                    .map(row -> request.result().feasible().stream()
                            .filter(cell -> z.of(cell.cell()).equals(row))
                            .flatMap(cell -> cell.mean(tracked).stream())
                            .findFirst()
                            .map(this::column)
                            .orElse(OptionalDouble.empty()))
                    .toList();
            return new HeatMapFigure.Track(tracked.words(), places);
        });
    }

    /** Between the columns of the next lower and higher value, by the ratio of the values; empty outside of all. */
    private OptionalDouble column(double value) {
        List<String> columns = x.values();
        for (int i = 0; i + 1 < columns.size(); i++) {
            double low = x.number(columns.get(i)).orElse(Double.NaN);
            double high = x.number(columns.get(i + 1)).orElse(Double.NaN);
            if (low <= value && value <= high) {
                return OptionalDouble.of(
                        low > 0 ? i + Math.log(value / low) / Math.log(high / low) : i + (value - low) / (high - low));
            }
        }
        return OptionalDouble.empty();
    }

    private HeatMapFigure.Cell cell(String column, String row) {
        List<CellResult> here = request.result().grid().stream()
                .filter(result -> x.of(result.cell()).equals(column))
                .filter(result -> z.of(result.cell()).equals(row))
                .toList();
        CellResult best = null;
        for (CellResult result : here) {
            if (result.mean(metric).isPresent() && (best == null || isBetter(result, best))) {
                best = result;
            }
        }
        if (best == null) {
            return hatched(here);
        }
        double value = metric.inUnit(best.mean(metric).orElseThrow());
        return winners ? winner(best, here, value) : new HeatMapFigure.Value(value);
    }

    private boolean isBetter(CellResult challenger, CellResult holder) {
        double a = challenger.mean(metric).orElseThrow();
        double b = holder.mean(metric).orElseThrow();
        return metric.better() == Metric.Better.LOWER ? a < b : a > b;
    }

    /** The candidate, unless the replications cannot tell it from another one. */
    private HeatMapFigure.Cell winner(CellResult best, List<CellResult> here, double value) {
        String name = candidate(best);
        return Ties.with(best, here, metric).stream()
                        .allMatch(tie -> candidate(tie).equals(name))
                ? new HeatMapFigure.Winner(name, value)
                : new HeatMapFigure.Tie(Ties.NO_DIFFERENCE, value);
    }

    /** The value of the axis {@code by}, or the algorithm that was chosen. */
    private String candidate(CellResult result) {
        return request.axis(ChartSection.BY)
                .map(axis -> axis.of(result.cell()))
                .or(() -> result.first().map(outcome -> outcome.labels().getOrDefault("algorithm", "")))
                .filter(name -> !name.isEmpty())
                .orElse(result.cell().label());
    }

    private static HeatMapFigure.Cell hatched(List<CellResult> here) {
        Optional<Problem> infeasible = here.stream()
                .flatMap(result -> result.first().flatMap(Outcome::infeasible).stream())
                .findFirst();
        if (infeasible.isPresent()) {
            return new HeatMapFigure.Infeasible(infeasible.get().kind() == Problem.Kind.MEMORY ? "OOM" : "plan");
        }
        String none = here.stream().allMatch(result -> result.outcomes().isEmpty()) ? "not run" : "no value";
        return HeatMapFigure.Infeasible.without(isDiverged(here) ? "diverged" : none);
    }

    private static boolean isDiverged(List<CellResult> here) {
        return here.stream().flatMap(result -> result.outcomes().stream()).anyMatch(SgdRemarks::isDiverged);
    }
}
