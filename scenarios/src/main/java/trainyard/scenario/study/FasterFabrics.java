package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Finds fabrics that are named for a rate which the ports of the nodes do not have. The slower of both counts, so who names a
 * fabric of 800 Gb/s alone would take an answer about 400 Gb/s for one about 800.
 */
public final class FasterFabrics {

    private FasterFabrics() {}

    /** One note for each place at which such a fabric is named, in any cell of the study. */
    public static List<Problem> in(Scenario scenario) {
        Map<String, Problem> found = new LinkedHashMap<>();
        Set<List<Assignment>> seen = new LinkedHashSet<>();
        for (Cell cell : Cells.of(scenario.values(), false)) {
            List<Assignment> changes = cell.assignments().stream()
                    .filter(FasterFabrics::isOfCluster)
                    .toList();
            if (seen.add(changes)) {
                add(scenario, changes, found);
            }
        }
        return new ArrayList<>(found.values());
    }

    private static boolean isOfCluster(Assignment change) {
        String path = change.path().toString();
        String cluster = ScenarioSection.CLUSTER.key();
        return path.equals(cluster) || path.startsWith(cluster + ".");
    }

    private static void add(Scenario scenario, List<Assignment> changes, Map<String, Problem> found) {
        try {
            scenario.with(changes)
                    .find(ScenarioSection.CLUSTER)
                    .flatMap(ClusterSection::fasterFabric)
                    .ifPresent(problem -> found.putIfAbsent(problem.position() + problem.message(), problem));
        } catch (ScenarioException contradiction) {
            // Reported where the cell is run.
        }
    }
}
