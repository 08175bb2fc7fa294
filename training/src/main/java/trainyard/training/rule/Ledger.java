package trainyard.training.rule;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a run has counted so far. */
public final class Ledger {
    private final long[] applied;

    /** Gradients by worker and staleness. */
    private final long[][] staleness;

    private final double[] stalenessSum;
    private final long[] arrived;
    private long updates;
    private long examples;
    private long wastedExamples;

    public Ledger(int workers) {
        applied = new long[workers];
        staleness = new long[workers][8];
        stalenessSum = new double[workers];
        arrived = new long[workers];
    }

    /** The ledger of a run that is told by {@link #record}. */
    public static Ledger recorded(int workers, long updates) {
        Ledger ledger = new Ledger(workers);
        ledger.updates = updates;
        return ledger;
    }

    /** Counts a gradient of a run that took place. */
    public void record(int worker, int batch, long stale) {
        apply(worker, batch, stale);
    }

    void update() {
        updates++;
    }

    void apply(int worker, int batch, long stale) {
        applied[worker]++;
        arrived[worker]++;
        examples += batch;
        int index = Math.toIntExact(stale);
        if (index >= staleness[worker].length) {
            staleness[worker] = Arrays.copyOf(staleness[worker], Math.max(index + 1, 2 * staleness[worker].length));
        }
        staleness[worker][index]++;
        stalenessSum[worker] += stale;
    }

    void learn(long count) {
        examples += count;
    }

    /** Counts applied gradients as wasted, since the parameters that they changed are lost. */
    void undo(int worker, long count, int batch) {
        applied[worker] -= count;
        examples -= count * batch;
        wastedExamples += count * batch;
    }

    void waste(long batch) {
        wastedExamples += batch;
    }

    /** Changes of the parameters that count as updates of the rule. */
    public long updates() {
        return updates;
    }

    /** Examples whose gradients were applied and not lost. */
    public long examples() {
        return examples;
    }

    /** Examples whose gradients were computed or begun and dropped. */
    public long wastedExamples() {
        return wastedExamples;
    }

    /** Gradients applied and not lost, by worker. */
    public long[] applied() {
        return applied.clone();
    }

    /** Number of gradients by their staleness: updates by anyone between a gradient's read and its own update. */
    public NavigableMap<Long, Long> staleness() {
        NavigableMap<Long, Long> counts = new TreeMap<>();
        for (int worker = 0; worker < applied.length; worker++) {
            staleness(worker).forEach((stale, count) -> counts.merge(stale, count, Long::sum));
        }
        return counts;
    }

    /** Number of a worker's gradients by their staleness. */
    public NavigableMap<Long, Long> staleness(int worker) {
        NavigableMap<Long, Long> counts = new TreeMap<>();
        for (int stale = 0; stale < staleness[worker].length; stale++) {
            if (staleness[worker][stale] > 0) {
                counts.put((long) stale, staleness[worker][stale]);
            }
        }
        return counts;
    }

    /** Mean staleness; 0 where nothing was applied. */
    public double meanStaleness() {
        return ratio(Arrays.stream(stalenessSum).sum(), Arrays.stream(arrived).sum());
    }

    /** Mean staleness of a worker's gradients; 0 where none was applied. */
    public double meanStaleness(int worker) {
        return ratio(stalenessSum[worker], arrived[worker]);
    }

    private static double ratio(double sum, long count) {
        return count == 0 ? 0 : sum / count;
    }
}
