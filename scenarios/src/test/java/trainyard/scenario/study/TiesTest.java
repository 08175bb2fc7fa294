package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.life.LifeMetrics;

class TiesTest {

    private static CellResult cell(int index, double... ettr) {
        List<Outcome> outcomes = Arrays.stream(ettr)
                .mapToObj(value ->
                        new Outcome(Map.of(LifeMetrics.ETTR, value), Map.of(), Optional.empty(), Optional.empty()))
                .toList();
        return new CellResult(new Cell(index, Cell.Role.GRID, "v" + index, Map.of(), List.of()), outcomes);
    }

    /** Differences of mean 0.0025 and deviation 0.0126: 95 % of Student's t with 3 degrees is 0.020 either way. */
    @Test
    void whatLuckMayDoIsNoDifference() {
        CellResult best = cell(0, 0.92, 0.90, 0.91, 0.93);
        CellResult noise = cell(1, 0.93, 0.88, 0.91, 0.93);
        CellResult worse = cell(2, 0.91, 0.89, 0.90, 0.92);
        CellResult equal = cell(3, 0.92, 0.90, 0.91, 0.93);
        assertThat(Ties.with(best, List.of(best, noise, worse, equal), LifeMetrics.ETTR))
                .containsExactly(noise, equal);
    }

    /** Of one replication there is no interval, so nothing is known of luck. */
    @Test
    void oneReplicationKnowsNoTies() {
        CellResult best = cell(0, 0.92);
        assertThat(Ties.with(best, List.of(best, cell(1, 0.92)), LifeMetrics.ETTR))
                .isEmpty();
    }

    @Test
    void namesTheFirstFew() {
        assertThat(Ties.names(List.of("a", "b"))).isEqualTo("a; b");
        assertThat(Ties.names(List.of("a", "b", "c", "d", "e"))).isEqualTo("a; b; c; and 2 more");
    }
}
