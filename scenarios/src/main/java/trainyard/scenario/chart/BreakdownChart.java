package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.DurationUnit;

/** What the GPUs do in a step, stacked to its duration, of several designs. */
final class BreakdownChart {

    private static final int MAX_BARS = 24;

    /** A state below this share of every bar would not be seen. */
    private static final double VISIBLE = 0.002;

    private final ChartRequest request;
    private final List<CellResult> cells;
    private final List<StepCost> steps;

    private BreakdownChart(ChartRequest request, List<CellResult> cells) {
        this.request = request;
        this.cells = cells;
        this.steps = cells.stream().map(cell -> step(cell).orElseThrow()).toList();
    }

    /** The chart; nothing where no design runs. */
    static Optional<Figure> of(ChartRequest request) {
        List<CellResult> run = request.result().feasible().stream()
                .filter(cell -> step(cell).isPresent())
                .toList();
        List<CellResult> cells = request.alongX(run).stream().limit(MAX_BARS).toList();
        return cells.isEmpty() ? Optional.empty() : Optional.of(new BreakdownChart(request, cells).figure());
    }

    private static Optional<StepCost> step(CellResult cell) {
        return cell.first().flatMap(Outcome::step);
    }

    private Figure figure() {
        List<String> names =
                cells.stream().map(cell -> request.nameAlongX(cell.cell())).toList();
        DurationUnit unit = DurationUnit.upTo(
                steps.stream().mapToDouble(StepCost::seconds).max().orElse(0));
        List<BarSeries> series = new ArrayList<>();
        for (TimeState state : TimeState.values()) {
            if (steps.stream().anyMatch(step -> step.share(state) > VISIBLE)) {
                series.add(new BarSeries(
                        state.label(),
                        steps.stream()
                                .map(step -> Optional.of(Estimate.exact(unit.of(step.share(state) * step.seconds()))))
                                .toList()));
            }
        }
        String label = request.axis(ChartSection.X).map(ChartAxis::label).orElse("Design");
        Axis seconds = Axis.linear("Time of a step, mean over the GPUs", unit.symbol());
        String caption = "each bar is as high as its step is long.";
        return BarFigure.stacked(request.text("Where the time of a step goes", caption), label, names, seconds, series);
    }
}
