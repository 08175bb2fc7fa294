package trainyard.scenario.study;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.workload.metric.Metric;

/**
 * How many replications of each cell the charts of a scenario show from within, so that a study can record them while it
 * plays them. What is known only of the result is left out and played anew when it is drawn: the nearest of a swept number.
 */
final class AskedDetails {

    /** Charts of what happens within a replication. */
    private static final Set<Kind> WITHIN =
            EnumSet.of(Kind.OVER_TIME, Kind.OCCUPANCY, Kind.GANTT, Kind.GRAPH, Kind.CAUSES);

    /** Charts of it where they show a quantity with many values in one replication. */
    private static final Set<Kind> OF_SAMPLES = EnumSet.of(Kind.CDF, Kind.HISTOGRAM, Kind.BOX);

    /** Charts of one cell. */
    private static final Set<Kind> OF_THE_FIRST = EnumSet.of(Kind.OCCUPANCY, Kind.CAUSES);

    private AskedDetails() {}

    static Map<Cell, Integer> of(Study study) {
        Map<Cell, Integer> asked = new HashMap<>();
        List<String> samples = study.samples().stream().map(Metric::name).toList();
        for (Values chart : charts(study)) {
            if (showsDetails(chart, study, samples)) {
                int runs = Math.toIntExact(Math.min(chart.get(ChartSection.RUNS), study.replications()));
                shown(chart, study).forEach(cell -> asked.merge(cell, runs, Math::max));
            }
        }
        return asked;
    }

    private static List<Values> charts(Study study) {
        Values report = study.scenario().values().get(ScenarioSection.REPORT);
        return report.find(ReportSection.CHARTS).orElse(List.of());
    }

    private static boolean showsDetails(Values chart, Study study, List<String> samples) {
        Kind kind = chart.get(ChartSection.KIND);
        if (kind == Kind.GANTT) {
            return !study.kind().showsStep();
        }
        boolean ofSample = chart.find(ChartSection.Y).filter(samples::contains).isPresent();
        return WITHIN.contains(kind) || OF_SAMPLES.contains(kind) && ofSample;
    }

    /** The first cell of each value of the axis that the chart compares, or the only one that it may show. */
    private static List<Cell> shown(Values chart, Study study) {
        List<Cell> cells = study.cells().stream()
                .filter(cell -> cell.role() == Cell.Role.GRID && isAt(chart, cell))
                .toList();
        Optional<String> axis = ComparedCells.axis(chart, study);
        if (axis.isEmpty()) {
            return cells.stream().limit(1).toList();
        }
        List<Cell> firsts = List.copyOf(
                ComparedCells.firsts(cells, cell -> cell.coordinate(axis.get())).values());
        boolean one = OF_THE_FIRST.contains(chart.get(ChartSection.KIND));
        return one && !firsts.isEmpty() ? firsts.subList(0, 1) : firsts;
    }

    private static boolean isAt(Values chart, Cell cell) {
        Map<String, Setting<String>> at = chart.find(ChartSection.AT).orElse(Map.of());
        return at.entrySet().stream()
                .allMatch(wanted -> cell.coordinate(wanted.getKey())
                        .equals(wanted.getValue().value()));
    }
}
