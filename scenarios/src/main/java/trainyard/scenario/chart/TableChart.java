package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Unknown;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.units.Dimension;

/** The cells of a study as a table, best first. */
final class TableChart {

    private static final int MAX_ROWS = 20;
    private static final int DIGITS = 4;
    private static final int MOST_DIGITS = 12;

    private TableChart() {}

    static Figure of(StudyResult result, List<Metric> metrics, FigureText text) {
        Metric order = metrics.get(0);
        Comparator<CellResult> ascending =
                Comparator.comparingDouble(cell -> cell.mean(order).orElse(Double.MAX_VALUE));
        Comparator<CellResult> descending =
                Comparator.comparingDouble(cell -> -cell.mean(order).orElse(-Double.MAX_VALUE));
        List<CellResult> sorted = designs(result).stream()
                .sorted(
                        order.better() == Metric.Better.LOWER
                                ? Comparator.comparing((CellResult cell) -> !cell.isFeasible())
                                        .thenComparing(ascending)
                                : descending)
                .limit(MAX_ROWS)
                .toList();
        List<TableFigure.Column> columns = new ArrayList<>();
        columns.add(new TableFigure.Column("Design", ""));
        metrics.forEach(metric -> columns.add(new TableFigure.Column(Wording.capital(metric.words()), metric.unit())));
        List<List<TableFigure.Cell>> rows =
                sorted.stream().map(cell -> row(cell, metrics)).toList();
        return new TableFigure(text, columns, rows);
    }

    /** Which of the designs have no row, as a sentence; empty where all have one. */
    static String remark(StudyResult result) {
        return ChartRequest.shown(MAX_ROWS, designs(result).size());
    }

    private static List<CellResult> designs(StudyResult result) {
        List<CellResult> designs = new ArrayList<>(result.grid());
        designs.addAll(result.ranges());
        return designs;
    }

    private static List<TableFigure.Cell> row(CellResult result, List<Metric> metrics) {
        List<TableFigure.Cell> row = new ArrayList<>();
        row.add(new TableFigure.Words(result.cell().label()));
        for (Metric metric : metrics) {
            Optional<Estimate> value = result.isFeasible() ? result.estimate(metric) : Optional.empty();
            row.add(value.<TableFigure.Cell>map(
                            estimate -> new TableFigure.Quantity(estimate, digits(metric, estimate)))
                    .orElseGet(() -> new TableFigure.Missing(reason(result, metric))));
        }
        return row;
    }

    /** Money to the last dollar, so that the parts of a sum add up as they are shown. */
    private static int digits(Metric metric, Estimate estimate) {
        if (metric.dimension() != Dimension.MONEY) {
            return DIGITS;
        }
        int whole = (int) Math.floor(Math.log10(Math.max(1, Math.abs(estimate.value())))) + 1;
        return Math.min(MOST_DIGITS, Math.max(DIGITS, whole));
    }

    private static String reason(CellResult result, Metric metric) {
        return result.first()
                .flatMap(Outcome::infeasible)
                .map(problem -> problem.kind().label() + ", " + problem.message())
                .orElseGet(() -> Unknown.reason(result, metric));
    }
}
