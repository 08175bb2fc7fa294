package trainyard.parallel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerPartitionTest {

    @Test
    void equalPutsWhatIsLeftOverInFront() {
        assertThat(LayerPartition.equal(10, 4)).containsExactly(3, 3, 2, 2);
    }

    /** A head as slow as two layers takes the place of two. */
    /** 126 layers of Llama 3 405B over 16 stages of 8 chunks: one each, none beside embedding and head. */
    @Test
    void embeddingAndHeadTakeThePlaceOfALayerEach() {
        List<Integer> counts = LayerPartition.besideEnds(126, 128);
        assertThat(counts).hasSize(128).startsWith(0, 1).endsWith(1, 0);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(126);
        assertThat(LayerPartition.besideEnds(126, 16)).startsWith(7, 8).endsWith(8, 7);
        assertThat(LayerPartition.besideEnds(5, 1)).containsExactly(5);
        assertThatThrownBy(() -> LayerPartition.besideEnds(5, 8)).isInstanceOf(PlanException.class);
    }

    @Test
    void balancedMakesRoomForTheHead() {
        assertThat(LayerPartition.balanced(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 0, 2, 4))
                .containsExactly(3, 3, 3, 1);
    }

    @Test
    void tooFewLayersAreRefused() {
        assertThatThrownBy(() -> LayerPartition.balanced(new double[1], 0, 0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 pieces of 1 layers");
    }

    /** Every partition of up to 12 layers is tried. */
    @Test
    void balancedIsTheBestOfAllPartitions() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            double[] seconds = new double[1 + random.nextInt(12)];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = random.nextBoolean() ? 1 : random.nextDouble() * 3;
            }
            double before = random.nextDouble();
            double after = random.nextDouble() * 4;
            int pieces = 1 + random.nextInt(Math.min(6, seconds.length));
            List<Integer> counts = LayerPartition.balanced(seconds, before, after, pieces);
            assertThat(counts).hasSize(pieces);
            assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(seconds.length);
            assertThat(slowest(counts, seconds, before, after))
                    .as("seed %d", seed)
                    .isCloseTo(bestOfAll(seconds, before, after, pieces, new ArrayList<>()), within(1e-9));
        }
    }

    private static double bestOfAll(double[] seconds, double before, double after, int pieces, List<Integer> counts) {
        int used = counts.stream().mapToInt(Integer::intValue).sum();
        if (counts.size() == pieces - 1) {
            counts.add(seconds.length - used);
            double slowest = slowest(counts, seconds, before, after);
            counts.remove(pieces - 1);
            return slowest;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int count = counts.isEmpty() ? 0 : 1; count <= seconds.length - used; count++) {
            counts.add(count);
            best = Math.min(best, bestOfAll(seconds, before, after, pieces, counts));
            counts.remove(counts.size() - 1);
        }
        return best;
    }

    private static double slowest(List<Integer> counts, double[] seconds, double before, double after) {
        double slowest = 0;
        int layer = 0;
        for (int piece = 0; piece < counts.size(); piece++) {
            double time = (piece == 0 ? before : 0) + (piece == counts.size() - 1 ? after : 0);
            for (int i = 0; i < counts.get(piece); i++) {
                time += seconds[layer++];
            }
            slowest = Math.max(slowest, time);
        }
        return slowest;
    }
}
