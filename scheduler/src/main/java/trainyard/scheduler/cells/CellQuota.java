package trainyard.scheduler.cells;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Cells that are guaranteed to a team: its virtual cluster.
 *
 * @param team whose they are
 * @param cells how many of each level, the smallest first, each 0 or more
 */
public record CellQuota(String team, List<Integer> cells) {

    public CellQuota {
        Objects.requireNonNull(team, "team");
        cells = List.copyOf(cells);
        if (cells.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("cells of a team are 0 or more, got " + cells);
        }
    }

    /** The levels of its cells, the largest first. */
    int[] roots() {
        int[] roots = new int[cells.stream().mapToInt(Integer::intValue).sum()];
        int at = 0;
        for (int level = cells.size() - 1; level >= 0; level--) {
            for (int i = 0; i < cells.get(level); i++) {
                roots[at++] = level;
            }
        }
        return roots;
    }

    /**
     * The level at which cells of a cluster run short if all quotas are to be kept; empty if they suffice. Larger cells are given out first;
     * each that is left is divided into cells of the level below.
     *
     * @param gpus of the cluster
     */
    public static OptionalInt shortOf(CellLevels levels, int gpus, List<CellQuota> quotas) {
        int[] roots = new int[levels.count()];
        for (int level : levels.roots(gpus)) {
            roots[level]++;
        }
        long left = 0;
        for (int level = levels.count() - 1; level >= 0; level--) {
            int here = level;
            long perCell = level + 1 < levels.count() ? levels.size(level + 1) / levels.size(level) : 0;
            left = left * perCell
                    + roots[level]
                    - quotas.stream()
                            .mapToLong(quota -> quota.cells().get(here))
                            .sum();
            if (left < 0) {
                return OptionalInt.of(level);
            }
        }
        return OptionalInt.empty();
    }
}
