package trainyard.cli;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;

/** Words what theory says of a study before it is run. */
final class Beforehand {

    private static final int MOST_CELLS = 6;

    private Beforehand() {}

    /** What theory says of each cell before any is run; nothing where there are many, since charts then tell it better. */
    static List<String> of(Study study) {
        List<Cell> cells = study.cells();
        if (cells.size() > MOST_CELLS) {
            return List.of();
        }
        return cells.stream()
                .flatMap(cell ->
                        sentence(study, cell)
                                .map(told -> cells.size() == 1 ? told : cell.label() + ": " + told)
                                .stream())
                .toList();
    }

    private static Optional<String> sentence(Study study, Cell cell) {
        try {
            return study.workload(cell).beforehand();
        } catch (ScenarioException cannotRun) {
            return Optional.empty();
        }
    }
}
