package trainyard.training.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

class ShuffledShardsTest {
    private final RandomStreams streams = new RandomStreams(3, 1);

    /** 7 batches of 3 are the 21 rows of three epochs of 7; the third batch lies across two. */
    @Test
    void anEpochHoldsEachRowOnce() {
        int[] drawn = sequence(ShuffledShards.everyRow(7, streams), 2, 7, 3);
        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(Arrays.copyOfRange(drawn, 7 * epoch, 7 * epoch + 7))
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        }
        assertThat(Arrays.copyOfRange(drawn, 0, 7)).isNotEqualTo(Arrays.copyOfRange(drawn, 7, 14));
    }

    @Test
    void orderFollowsFromWorkerAndIndexAlone() {
        ShuffledShards order = ShuffledShards.everyRow(50, streams);
        int[] late = rows(order, new Batch(0, 40, 8));
        int[] early = rows(order, new Batch(0, 1, 8));
        assertThat(rows(order, new Batch(1, 1, 8))).isNotEqualTo(early);
        ShuffledShards again = ShuffledShards.everyRow(50, streams);
        assertThat(rows(again, new Batch(0, 1, 8))).isEqualTo(early);
        assertThat(rows(again, new Batch(0, 40, 8))).isEqualTo(late);
    }

    @Test
    void aBatchMayHoldSeveralEpochs() {
        int[] drawn = rows(ShuffledShards.everyRow(4, streams), new Batch(0, 0, 12));
        assertThat(IntStream.range(0, 4).map(row ->
                        (int) Arrays.stream(drawn).filter(value -> value == row).count()))
                .containsOnly(3);
    }

    @Test
    void aSplitGivesEachRowToOneWorker() {
        ShuffledShards order = ShuffledShards.split(23, 4, streams);
        int[] all = IntStream.range(0, 4)
                .flatMap(worker -> Arrays.stream(order.shard(worker)))
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(IntStream.range(0, 23).toArray());
        for (int worker = 0; worker < 4; worker++) {
            assertThat(order.shard(worker)).hasSizeBetween(5, 6);
            int size = order.shard(worker).length;
            assertThat(sequence(order, worker, size, 1)).containsExactlyInAnyOrder(order.shard(worker));
        }
        assertThatThrownBy(() -> rows(order, new Batch(4, 0, 1)))
                .hasMessage("rows are split among 4 workers; there is no worker 4");
        assertThatThrownBy(() -> ShuffledShards.split(3, 4, streams)).hasMessageContaining("cannot be split");
    }

    /** 40 rows of 4 labels for 4 workers: all by label is one label each; half by label is 5 rows of the own label at least. */
    @Test
    void labelsGoToWorkersByTheirShare() {
        int[] labels = IntStream.range(0, 40).map(row -> row % 4).toArray();
        ShuffledShards all = ShuffledShards.byLabel(labels, 4, 1, streams);
        ShuffledShards half = ShuffledShards.byLabel(labels, 4, 0.5, streams);
        boolean mixed = false;
        for (int worker = 0; worker < 4; worker++) {
            assertThat(all.shard(worker)).hasSize(10);
            assertThat(Arrays.stream(all.shard(worker)).map(row -> labels[row])).containsOnly(worker);
            assertThat(half.shard(worker)).hasSize(10);
            mixed |= Arrays.stream(half.shard(worker))
                            .map(row -> labels[row])
                            .distinct()
                            .count()
                    > 2;
        }
        assertThat(mixed).isTrue();
        int[] rows = IntStream.range(0, 4)
                .flatMap(worker -> Arrays.stream(half.shard(worker)))
                .sorted()
                .toArray();
        assertThat(rows).isEqualTo(IntStream.range(0, 40).toArray());
        assertThatThrownBy(() -> ShuffledShards.byLabel(labels, 4, 1.1, streams))
                .hasMessageContaining("from 0 to 1");
    }

    @Test
    void shardsPartTheRowsWhateverTheirNumbers() {
        for (int rows = 1; rows < 20; rows++) {
            for (int workers = 1; workers <= rows; workers++) {
                for (double skew : new double[] {0, 0.3, 0.5, 0.9, 1}) {
                    ShuffledShards order = ShuffledShards.byLabel(new int[rows], workers, skew, streams);
                    int[] all = IntStream.range(0, workers)
                            .flatMap(w -> Arrays.stream(order.shard(w)))
                            .sorted()
                            .toArray();
                    assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
                    for (int worker = 0; worker < workers; worker++) {
                        assertThat(order.shard(worker)).hasSizeBetween(rows / workers, (rows + workers - 1) / workers);
                    }
                }
            }
        }
    }

    private static int[] rows(DataOrder order, Batch batch) {
        int[] rows = new int[batch.examples()];
        order.rows(batch, rows);
        return rows;
    }

    private static int[] sequence(DataOrder order, int worker, int batches, int examples) {
        return IntStream.range(0, batches)
                .flatMap(index -> Arrays.stream(rows(order, new Batch(worker, index, examples))))
                .toArray();
    }
}
