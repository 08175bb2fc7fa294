package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TieOrderTest {

    private static List<Integer> run(TieOrder ties) {
        Simulation simulation = new Simulation(ties);
        List<Integer> happened = new ArrayList<>();
        int note = simulation.register((now, argument) -> happened.add(argument));
        for (int i = 0; i < 900; i++) {
            simulation.schedule(i / 300, i % 300 / 100, note, i);
        }
        simulation.run();
        return happened;
    }

    @Test
    void permutationKeepsTimeAndPriorityAndShufflesTheRest() {
        List<Integer> permuted = run(TieOrder.permuted(1));
        for (int group = 0; group < 9; group++) {
            List<Integer> ties = permuted.subList(100 * group, 100 * group + 100);
            int first = 100 * group;
            assertThat(ties)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(first, first + 100).boxed().toList());
            long ascents = IntStream.range(1, 100)
                    .filter(i -> ties.get(i) > ties.get(i - 1))
                    .count();
            assertThat(ascents).as("ascents of a random order").isBetween(35L, 65L);
        }
    }

    @Test
    void equalSeedsPermuteAlikeAndOthersDoNot() {
        assertThat(run(TieOrder.permuted(5))).isEqualTo(run(TieOrder.permuted(5)));
        assertThat(run(TieOrder.permuted(5))).isNotEqualTo(run(TieOrder.permuted(6)));
        assertThat(run(TieOrder.SCHEDULED)).isSorted();
    }

    @Test
    void ranksAreDistinct() {
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, 0x40ac3aa388dc9b1cL}) {
            Set<Long> ranks = new HashSet<>();
            for (long sequence = 0; sequence < 20_000; sequence++) {
                long rank = TieOrder.permuted(seed).rank(sequence);
                assertThat(rank).isBetween(0L, (1L << TieOrder.SEQUENCE_BITS) - 1);
                ranks.add(rank);
            }
            assertThat(ranks).hasSize(20_000);
        }
    }

    @Test
    void unpermutedTakesNoSeed() {
        assertThatThrownBy(() -> new TieOrder(false, 3)).hasMessageContaining("seed (3)");
    }
}
