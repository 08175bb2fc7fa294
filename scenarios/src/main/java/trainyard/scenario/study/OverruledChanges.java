package trainyard.scenario.study;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.Scenario;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/**
 * Finds changes from the command line of which no cell of a study keeps anything, since a sweep or a variant gives each its own
 * value. A value in the file may stand there as the one that a sweep starts from; one that was just typed was meant to count.
 */
public final class OverruledChanges {

    private OverruledChanges() {}

    /**
     * Refuses changes that no cell keeps.
     *
     * @param scenario with the changes laid over it
     * @param cells what is run of it
     * @param changes from the command line, each from a text of its own
     * @throws ScenarioException with every change that counts for nothing
     */
    public static void check(Scenario scenario, List<Cell> cells, List<Assignment> changes) {
        Set<SourceText> lost = new HashSet<>();
        changes.forEach(change -> lost.add(change.position().source()));
        for (Cell cell : cells) {
            if (lost.isEmpty()) {
                return;
            }
            Node.Mapping tree = scenario.tree();
            for (Assignment change : cell.assignments()) {
                tree = change.apply(tree, ScenarioFormat.SECTION);
            }
            keep(tree, lost);
        }
        List<Problem> problems = changes.stream()
                .filter(change -> lost.contains(change.position().source()))
                .map(change -> problem(change, cells))
                .toList();
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
    }

    private static void keep(Node node, Set<SourceText> lost) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(entry -> keep(entry.value(), lost));
        } else {
            lost.remove(node.position().source());
        }
    }

    private static Problem problem(Assignment change, List<Cell> cells) {
        String path = change.path().toString();
        Optional<Cell> swept = cells.stream()
                .filter(cell -> cell.coordinates().keySet().stream().anyMatch(axis -> overlays(axis, path)))
                .findFirst();
        if (swept.isPresent()) {
            return problem(
                    change,
                    "the sweep has values of its own",
                    "to run one value write --set 'sweep." + path + "=[VALUE]'");
        }
        boolean variants = cells.stream()
                .flatMap(cell -> cell.assignments().stream())
                .anyMatch(own -> overlays(own.path().toString(), path));
        return variants
                ? problem(change, "the variant has a value of its own", "change it in the file")
                : problem(change, "nothing is left of it", "write it once, with the keys that it is to change");
    }

    /** Whether a path is another one, or a section around it. */
    private static boolean overlays(String path, String other) {
        return path.equals(other) || other.startsWith(path + ".");
    }

    private static Problem problem(Assignment change, String why, String fix) {
        return Problem.at(change.position(), Problem.Kind.PATH, "'" + change.path() + "' has no effect: " + why, fix);
    }
}
