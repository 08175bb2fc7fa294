package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.OccupancyFigure;
import trainyard.report.figure.OccupancyFigure.Row;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.units.Dimension;

/**
 * Curves of one quantity as rows of colours, each column the mean over a stretch of time. More curves than rows share rows
 * by neighbours, at their mean.
 */
final class OccupancyChart {

    private static final int COLUMNS = 120;
    private static final int MOST_ROWS = 64;

    private final ChartRequest request;
    private final Metric quantity;
    private final List<TimeSeries> curves;
    private final OneOfSeveral shown;
    private final double from;
    private final double to;
    private final TimeAxis time;

    private OccupancyChart(ChartRequest request, List<TimeSeries> curves, OneOfSeveral shown) {
        this.request = request;
        this.shown = shown;
        this.quantity = request.metric()
                .shownUpTo(curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .mapToDouble(TimeSeries.At::value)
                        .max()
                        .orElse(0));
        this.curves = curves;
        from = request.values().find(ChartSection.FROM).orElse(0.0);
        to = request.end(from, lastSeconds());
        time = TimeAxis.upTo(to);
    }

    /** The figure of the first candidate that has such curves; nothing where none has. */
    static Optional<Figure> of(ChartRequest request) {
        Map<String, CellResult> candidates = request.candidates();
        for (Map.Entry<String, CellResult> candidate : candidates.entrySet()) {
            List<TimeSeries> curves =
                    request.details(candidate.getValue()).get(0).series(request.metric());
            if (!curves.isEmpty()) {
                return Optional.of(
                        new OccupancyChart(request, curves, OneOfSeveral.of(candidate.getKey(), candidates.size()))
                                .figure());
            }
        }
        return Optional.empty();
    }

    private double lastSeconds() {
        return curves.stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(TimeSeries.At::seconds)
                .max()
                .orElse(1);
    }

    private Figure figure() {
        int perRow = (curves.size() + MOST_ROWS - 1) / MOST_ROWS;
        List<Row> rows = new ArrayList<>();
        for (int first = 0; first < curves.size(); first += perRow) {
            List<TimeSeries> group = curves.subList(first, Math.min(curves.size(), first + perRow));
            String name = group.size() == 1
                    ? name(group.get(0))
                    : name(group.get(0)) + " to " + name(group.get(group.size() - 1));
            rows.add(new Row(name, values(group)));
        }
        String caption = perRow == 1 ? quantity.doc() : "each row is the mean of " + perRow + " neighbours.";
        Axis axis = Axis.linear(Wording.capital(quantity.words()), quantity.unit());
        boolean share = quantity.dimension() == Dimension.FRACTION;
        return new OccupancyFigure(
                request.text(quantity.words() + " over time" + shown.behindTitle(), caption, shown.remark()),
                time.axis(),
                time.of(from),
                time.of(to),
                Words.kind(rows.stream().map(Row::name).toList()),
                share ? axis.from(0).upTo(quantity.inUnit(1)) : axis.from(0),
                rows);
    }

    /** A curve of the whole has no name of its own. */
    private String name(TimeSeries curve) {
        return curve.name().isBlank() ? quantity.words() : curve.name();
    }

    private List<OptionalDouble> values(List<TimeSeries> group) {
        List<OptionalDouble> values = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            double start = from + (to - from) * column / COLUMNS;
            double end = from + (to - from) * (column + 1) / COLUMNS;
            OptionalDouble mean = group.stream()
                    .filter(series ->
                            !series.points().isEmpty() && series.points().get(0).seconds() < end)
                    .mapToDouble(series -> series.mean(start, end))
                    .average();
            values.add(mean.isPresent() ? OptionalDouble.of(quantity.inUnit(mean.getAsDouble())) : mean);
        }
        return values;
    }
}
