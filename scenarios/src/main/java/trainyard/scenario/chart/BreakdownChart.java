package trainyard.scenario.chart;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.step.cost.StepCost;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.DurationUnit;

/** What the GPUs do in a step, stacked to its duration, of several designs. Those that cannot run keep their place. */
final class BreakdownChart {

    private static final int MAX_BARS = 24;

    private final ChartRequest request;
    private final List<CellResult> cells;
    private final int all;
    private final List<Optional<StepCost>> steps;

    private BreakdownChart(ChartRequest request, List<CellResult> cells) {
        this.request = request;
        this.all = cells.size();
        this.cells = cells.stream().limit(MAX_BARS).toList();
        this.steps = this.cells.stream().map(BreakdownChart::step).toList();
    }

    /** The chart; nothing where no design runs. */
    static Optional<Figure> of(ChartRequest request) {
        List<CellResult> cells = request.alongX(request.result().grid()).stream()
                .filter(cell -> !cell.isFeasible() || step(cell).isPresent())
                .toList();
        BreakdownChart chart = new BreakdownChart(request, cells);
        return chart.cells.stream().noneMatch(CellResult::isFeasible) ? Optional.empty() : Optional.of(chart.figure());
    }

    /** The step of a design that runs: one that has no room in memory has a step too, but none that would take this long. */
    private static Optional<StepCost> step(CellResult cell) {
        return cell.isFeasible() ? cell.first().flatMap(Outcome::step) : Optional.empty();
    }

    private Figure figure() {
        List<String> names = cells.stream().map(request::barAlongX).toList();
        DurationUnit unit = DurationUnit.upTo(steps.stream()
                .flatMap(Optional::stream)
                .mapToDouble(StepCost::seconds)
                .max()
                .orElse(0));
        StateBars bars = StateBars.of(
                steps.size(), (bar, state) -> steps.get(bar).map(step -> step.share(state) * step.seconds()), unit);
        String remark = ChartRequest.sentences(bars.remark(), ChartRequest.shown(cells.size(), all));
        Axis seconds = Axis.linear("Time of a step, mean over the GPUs", unit.symbol());
        String caption = "each bar is as high as its step is long.";
        return BarFigure.stacked(
                request.text("Where the time of a step goes", caption, remark),
                request.labelAlongX(),
                names,
                seconds,
                bars.parts());
    }
}
