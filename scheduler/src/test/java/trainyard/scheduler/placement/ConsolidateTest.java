package trainyard.scheduler.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.placement.Consolidate.Choice;

class ConsolidateTest {

    private final NodeShares chosen = new NodeShares();

    /** Nodes of 8 GPUs with 5, 8, 3 and 8 of them free. */
    private static FreeGpus uneven() {
        FreeGpus free = FreeGpus.equal(4, 8);
        free.take(0, 3);
        free.take(2, 5);
        return free;
    }

    private List<String> choose(Choice choice, int gpus) {
        assertTrue(new Consolidate(choice).choose(uneven(), gpus, chosen));
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < chosen.count(); i++) {
            shares.add(chosen.gpus(i) + " on " + chosen.node(i));
        }
        return shares;
    }

    @Test
    void firstFitTakesTheLowestNumber() {
        assertEquals(List.of("2 on 0"), choose(Choice.FIRST_FIT, 2));
        assertEquals(List.of("6 on 1"), choose(Choice.FIRST_FIT, 6));
    }

    @Test
    void bestFitTakesTheFullest() {
        assertEquals(List.of("2 on 2"), choose(Choice.BEST_FIT, 2));
        assertEquals(List.of("4 on 0"), choose(Choice.BEST_FIT, 4));
    }

    @Test
    void worstFitTakesTheEmptiest() {
        assertEquals(List.of("2 on 1"), choose(Choice.WORST_FIT, 2));
    }

    @Test
    void aLargeJobGetsWholeNodesAndOneMore() {
        assertEquals(List.of("8 on 1", "3 on 0"), choose(Choice.FIRST_FIT, 11));
        assertEquals(List.of("8 on 1", "3 on 2"), choose(Choice.BEST_FIT, 11));
        assertEquals(List.of("8 on 1", "3 on 3"), choose(Choice.WORST_FIT, 11));
        assertEquals(List.of("8 on 1", "8 on 3"), choose(Choice.BEST_FIT, 16));
    }

    @Test
    void freeGpusOnManyNodesAreNotEnough() {
        assertFalse(new Consolidate(Choice.BEST_FIT).choose(uneven(), 22, chosen));
        assertEquals(0, chosen.count());
        assertTrue(new AnyGpus().choose(uneven(), 22, chosen));
    }

    @Test
    void aNodeGivesNoMoreThanItHas() {
        FreeGpus free = FreeGpus.equal(1, 8);

        assertThrows(IllegalArgumentException.class, () -> free.take(0, 9));
        assertThrows(IllegalArgumentException.class, () -> free.give(0, 1));
    }
}
