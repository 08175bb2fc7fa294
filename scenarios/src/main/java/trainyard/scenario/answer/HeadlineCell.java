package trainyard.scenario.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.chart.CellsAt;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;

/** The cells that {@code report.headline-of} and {@code report.headline-against} name. */
final class HeadlineCell {

    private HeadlineCell() {}

    /**
     * Finds whether they name one each, before anything is run.
     *
     * @throws ScenarioException as {@link #of}
     */
    static void check(Study study) {
        StudyResult unrun = new StudyResult(
                study,
                study.cells().stream()
                        .map(cell -> new CellResult(cell, List.of()))
                        .toList());
        of(ReportSection.HEADLINE_OF, unrun);
        of(ReportSection.HEADLINE_AGAINST, unrun);
    }

    /**
     * The cell; empty where none is named, or the one named was not run or cannot run.
     *
     * @throws ScenarioException if there is no such cell, or there are several
     */
    static Optional<CellResult> of(Field<Map<String, Setting<String>>> field, StudyResult result) {
        Values report = result.study().scenario().values().get(ScenarioSection.REPORT);
        Map<String, Setting<String>> wanted = report.find(field).orElse(Map.of());
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        StudyResult named = CellsAt.of(wanted, result);
        List<String> labels = named.cells().stream()
                .map(CellResult::cell)
                .filter(cell -> cell.role() == Cell.Role.GRID)
                .map(Cell::label)
                .toList();
        if (labels.size() > 1) {
            throw new ScenarioException(Problem.at(
                    position(wanted),
                    Problem.Kind.PATH,
                    "the headline names one cell, and " + labels.size() + " are there: " + labels.get(0) + "; "
                            + labels.get(1) + (labels.size() > 2 ? "; ..." : ""),
                    "name a value of each axis"));
        }
        return named.feasible().stream().findFirst();
    }

    private static Position position(Map<String, Setting<String>> wanted) {
        return wanted.values().iterator().next().position().orElseThrow();
    }
}
