package trainyard.training.problem;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;

/**
 * Workers go through their rows epoch by epoch, each epoch in a new order. A worker's order follows from its index and the
 * epoch alone, so it is the same under every update rule. All batches of a worker must have the same number of examples: the
 * index of a batch times its size is the worker's place.
 */
public final class ShuffledShards implements DataOrder {

    /** Epochs of a worker that are kept; a batch may lie across two, and an old one is made again when asked for. */
    private static final int KEPT = 2;

    private record Epoch(long number, int[] rows) {}

    private final int[][] shards;
    private final RandomStreams streams;
    private final Map<Integer, Epoch[]> epochs = new HashMap<>();

    private ShuffledShards(int[][] shards, RandomStreams streams) {
        this.shards = shards;
        this.streams = streams;
    }

    /**
     * Each worker goes through all rows in an order of its own.
     *
     * @param rowCount rows of the training data, 1 or more
     * @param streams of the run
     */
    public static ShuffledShards everyRow(int rowCount, RandomStreams streams) {
        if (rowCount < 1) {
            throw new IllegalArgumentException("no row to draw from");
        }
        return new ShuffledShards(new int[][] {IntStream.range(0, rowCount).toArray()}, streams);
    }

    /**
     * Each row belongs to one worker, drawn by chance; shards differ by at most one row.
     *
     * @param rowCount rows of the training data
     * @param workers number of workers, none more than rows
     * @param streams of the run
     */
    public static ShuffledShards split(int rowCount, int workers, RandomStreams streams) {
        return byLabel(new int[rowCount], workers, 0, streams);
    }

    /**
     * Each row belongs to one worker. A share of the rows, drawn by chance, is sorted by label and cut into one piece for each
     * worker; the others are dealt out by chance. Shards differ by at most one row. At a share of 1 a worker sees few labels, at 0 the shards are alike.
     *
     * @param labels label of each row
     * @param workers number of workers, none more than rows
     * @param skew share of the rows that go by label, in [0, 1]
     * @param streams of the run
     */
    public static ShuffledShards byLabel(int[] labels, int workers, double skew, RandomStreams streams) {
        if (workers < 1 || workers > labels.length) {
            throw new IllegalArgumentException(labels.length + " rows cannot be split among " + workers + " workers");
        }
        if (!(skew >= 0 && skew <= 1)) {
            throw new IllegalArgumentException("the share of rows that go by label must be from 0 to 1, not " + skew);
        }
        int[] rows = IntStream.range(0, labels.length).toArray();
        shuffle(rows, streams.stream("shards"));
        int sorted = (int) Math.round(skew * rows.length);
        int[] byLabel = Arrays.stream(rows, 0, sorted)
                .boxed()
                .sorted(Comparator.comparingInt(row -> labels[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(byLabel, 0, rows, 0, sorted);
        int[][] shards = new int[workers][];
        for (int worker = 0; worker < workers; worker++) {
            shards[worker] = shard(rows, sorted, worker, workers);
        }
        return new ShuffledShards(shards, streams);
    }

    /** A piece of the sorted rows in proportion; what fills the shard up to its size comes from the others. */
    private static int[] shard(int[] rows, int sorted, int worker, int workers) {
        int first = part(rows.length, worker, workers);
        int end = part(rows.length, worker + 1, workers);
        int from = part(sorted, first, rows.length);
        int to = part(sorted, end, rows.length);
        return IntStream.concat(
                        Arrays.stream(rows, from, to), Arrays.stream(rows, sorted + first - from, sorted + end - to))
                .toArray();
    }

    private static int part(int length, int numerator, int denominator) {
        return (int) ((long) length * numerator / denominator);
    }

    /** The rows of a worker, in no order that means anything. */
    public int[] shard(int worker) {
        return shardOf(worker).clone();
    }

    @Override
    public void rows(Batch batch, int[] rows) {
        int size = shardOf(batch.worker()).length;
        long place = Math.multiplyExact(batch.index(), (long) batch.examples());
        int done = 0;
        while (done < rows.length) {
            int from = (int) (place % size);
            int length = Math.min(size - from, rows.length - done);
            System.arraycopy(epoch(batch.worker(), place / size), from, rows, done, length);
            done += length;
            place += length;
        }
    }

    private int[] shardOf(int worker) {
        if (shards.length == 1) {
            return shards[0];
        }
        if (worker >= shards.length) {
            throw new IllegalArgumentException(
                    "rows are split among " + shards.length + " workers; there is no worker " + worker);
        }
        return shards[worker];
    }

    private int[] epoch(int worker, long number) {
        Epoch[] kept = epochs.computeIfAbsent(worker, key -> new Epoch[KEPT]);
        int slot = (int) (number % KEPT);
        if (kept[slot] == null || kept[slot].number != number) {
            int[] rows = shard(worker);
            shuffle(rows, streams.stream("order of worker " + worker, number));
            kept[slot] = new Epoch(number, rows);
        }
        return kept[slot].rows;
    }

    private static void shuffle(int[] rows, UniformRandomProvider random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[other];
            rows[other] = row;
        }
    }
}
