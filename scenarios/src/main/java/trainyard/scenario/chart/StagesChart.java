package trainyard.scenario.chart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.parallel.step.cost.StageTime;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.DurationUnit;

/** What each pipeline stage of one design does in a step, stacked to its duration: stages that wait for others are seen by their bubble. */
final class StagesChart {

    private static final String STAGE = "stage";

    private StagesChart() {}

    /** Whether {@code x} names the stages of a step. */
    static boolean isMeant(ChartRequest request) {
        return request.values().get(ChartSection.KIND) == Kind.BREAKDOWN
                && request.result().study().kind().showsStep()
                && request.values().find(ChartSection.X).filter(STAGE::equals).isPresent();
    }

    /** The figure of the best cell, or the first; nothing where none can run. */
    static Optional<Figure> of(ChartRequest request) {
        return request.result()
                .best(request.metric())
                .or(() -> request.result().feasible().stream().findFirst())
                .flatMap(cell -> cell.first().flatMap(Outcome::step).map(step -> figure(request, cell, step)));
    }

    private static Figure figure(ChartRequest request, CellResult cell, StepCost step) {
        Map<Integer, List<StageTime>> stages =
                new TreeMap<>(step.stages().stream().collect(Collectors.groupingBy(StageTime::stage)));
        List<String> names =
                stages.keySet().stream().map(stage -> Integer.toString(stage)).toList();
        DurationUnit unit = DurationUnit.upTo(step.seconds());
        List<List<StageTime>> groups = List.copyOf(stages.values());
        StateBars bars = StateBars.of(groups.size(), (bar, state) -> Optional.of(mean(groups.get(bar), state)), unit);
        String where = cell.cell().behindTitle();
        return BarFigure.stacked(
                request.text(
                        "What each pipeline stage does in a step" + where,
                        "each bar is as high as the step is long.",
                        bars.remark()),
                "Pipeline stage",
                names,
                Axis.linear("Time of a step, mean over the GPUs of a stage", unit.symbol()),
                bars.parts());
    }

    /** Seconds of a state, mean over the GPUs of a stage. */
    private static double mean(List<StageTime> groups, TimeState state) {
        double nanos = groups.stream()
                .mapToDouble(group -> (double) group.gpus() * group.nanos(state))
                .sum();
        return nanos / groups.stream().mapToInt(StageTime::gpus).sum() / 1e9;
    }
}
