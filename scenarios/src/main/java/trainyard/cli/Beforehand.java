package trainyard.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;

/** Words what theory says of a study before it is run. */
final class Beforehand {

    private static final int MOST_CELLS = 6;

    private Beforehand() {}

    /** What is said of each cell before any is run, once where it is the same of all; nothing where there are many, since charts then tell it better. */
    static List<String> of(Study study) {
        List<Cell> cells = study.cells();
        if (cells.size() > MOST_CELLS) {
            return List.of();
        }
        List<Optional<String>> told =
                cells.stream().map(cell -> sentence(study, cell)).toList();
        if (told.stream().distinct().count() == 1) {
            return told.get(0).stream().toList();
        }
        return IntStream.range(0, cells.size())
                .boxed()
                .flatMap(i -> told.get(i).map(words -> cells.get(i).label() + ": " + words).stream())
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
