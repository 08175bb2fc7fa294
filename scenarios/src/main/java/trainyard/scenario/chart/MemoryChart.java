package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.step.cost.StepCost;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.step.StepMetrics;

/** Memory per GPU, a bar for each stage of a single design, or for each design. */
final class MemoryChart {

    private static final int MOST_BARS = 24;

    private MemoryChart() {}

    /**
     * Which bar is the highest, and how high.
     *
     * @param all the designs of the chart, at least one
     * @param name what each is called in a sentence
     */
    static String caption(List<CellResult> all, Function<Cell, String> name) {
        List<CellResult> designs = drawn(all);
        CellResult most = designs.stream()
                .max(Comparator.comparingDouble(design -> peak(design).totalBytes()))
                .orElseThrow();
        String stage = "stage " + peak(most).stage();
        return (designs.size() == 1 ? stage : name.apply(most.cell())) + " needs most: "
                + StepMetrics.MEMORY_PEAK.format(peak(most).totalBytes()) + " of "
                + StepMetrics.MEMORY_PEAK.format(capacity(most)) + (designs.size() == 1 ? "." : ", on " + stage + ".");
    }

    /**
     * Which designs, or which stages of the one that there is, have no bar, in sentences; empty where all have one.
     *
     * @param asked also those that have no plan, whose memory nobody knows
     * @param all as in {@link #of}
     * @param name what each is called in a sentence
     */
    static String remark(List<CellResult> asked, List<CellResult> all, Function<Cell, String> name) {
        List<String> drawn =
                all.stream().map(design -> name.apply(design.cell())).toList();
        List<String> without = asked.stream()
                .map(design -> name.apply(design.cell()))
                .filter(design -> !drawn.contains(design))
                .toList();
        int stages = all.size() == 1 ? step(all.get(0)).memory().stages().size() : 0;
        return ChartRequest.sentences(
                ChartRequest.shown(drawn(all).size(), all.size()),
                stages > MOST_BARS ? "The first " + MOST_BARS + " of " + stages + " stages are shown." : "",
                without.isEmpty() ? "" : "Without a plan that can run: " + Ties.names(without) + ".");
    }

    /** The designs that have a step. */
    static List<CellResult> designs(StudyResult asked) {
        return asked.grid().stream()
                .filter(cell -> cell.first().flatMap(Outcome::step).isPresent())
                .toList();
    }

    /**
     * Where designs have GPUs of different memory, each bar names its own in place of a line across all.
     *
     * @param all designs to show, at least one, of which the first few are drawn
     * @param label what the designs differ in
     * @param name what each is called
     */
    static Figure of(FigureText text, List<CellResult> all, String label, Function<Cell, String> name) {
        List<CellResult> designs = drawn(all);
        List<String> names = new ArrayList<>();
        List<StageMemory> bars = new ArrayList<>();
        StepCost first = step(designs.get(0));
        boolean oneSize =
                designs.stream().mapToDouble(MemoryChart::capacity).distinct().count() == 1;
        if (designs.size() == 1) {
            first.memory().stages().stream().limit(MOST_BARS).forEach(stage -> {
                names.add("stage " + stage.stage());
                bars.add(stage);
            });
        } else {
            designs.forEach(design -> {
                String own = oneSize ? "" : " (of " + StepMetrics.MEMORY_PEAK.format(capacity(design)) + ")";
                names.add(name.apply(design.cell()) + own);
                bars.add(peak(design));
            });
        }
        String axis = designs.size() == 1 ? "Pipeline stage" : label;
        OptionalDouble limit = oneSize ? OptionalDouble.of(capacity(designs.get(0))) : OptionalDouble.empty();
        return StepCharts.memory(axis, names, bars, limit, text);
    }

    private static List<CellResult> drawn(List<CellResult> all) {
        return all.stream().limit(MOST_BARS).toList();
    }

    private static StageMemory peak(CellResult design) {
        return step(design).memory().peak();
    }

    private static double capacity(CellResult design) {
        return step(design).memory().capacityBytes();
    }

    private static StepCost step(CellResult design) {
        return design.first().flatMap(Outcome::step).orElseThrow();
    }
}
