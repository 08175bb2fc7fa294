package trainyard.scenario.study;

import java.util.List;
import java.util.stream.Collectors;
import trainyard.scenario.workload.metric.Metric;

/**
 * Which designs the replications cannot tell from the best one: those where the 95 % interval of the paired difference to it
 * holds zero. To name one of them the winner would be to name noise.
 */
public final class Ties {

    /** How a tie is worded. */
    public static final String NO_DIFFERENCE = "no difference that the replications can show";

    private static final int MOST_NAMED = 3;

    private Ties() {}

    /** Those of some cells that cannot be told from the best of them; none where there is one replication. */
    public static List<CellResult> with(CellResult best, List<CellResult> cells, Metric metric) {
        return cells.stream()
                .filter(cell -> cell != best && cell.isFeasible() && isTie(best, cell, metric))
                .toList();
    }

    private static boolean isTie(CellResult best, CellResult cell, Metric metric) {
        return best.outcomes().size() > 1
                && Difference.paired(best, cell, metric)
                        .flatMap(Difference::interval)
                        .filter(interval -> interval.contains(0))
                        .isPresent();
    }

    /** Names in a row, of which the first few are told. */
    public static String names(List<String> all) {
        String told = all.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
        return all.size() <= MOST_NAMED ? told : told + "; and " + (all.size() - MOST_NAMED) + " more";
    }
}
