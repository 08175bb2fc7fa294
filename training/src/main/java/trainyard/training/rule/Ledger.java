package trainyard.training.rule;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a run has counted so far. */
public final class Ledger {
    private final long[] applied;
    private final TreeMap<Long, Long> staleness = new TreeMap<>();
    private long updates;
    private long examples;
    private long wastedExamples;
    private double stalenessSum;

    public Ledger(int workers) {
        applied = new long[workers];
    }

    void update() {
        updates++;
    }

    void apply(int worker, int batch, long stale) {
        applied[worker]++;
        examples += batch;
        staleness.merge(stale, 1L, Long::sum);
        stalenessSum += stale;
    }

    void waste(long batch) {
        wastedExamples += batch;
    }

    /** Changes of the parameters. */
    public long updates() {
        return updates;
    }

    /** Examples whose gradients were applied. */
    public long examples() {
        return examples;
    }

    /** Examples whose gradients were computed or begun and dropped. */
    public long wastedExamples() {
        return wastedExamples;
    }

    /** Gradients applied, by worker. */
    public long[] applied() {
        return applied.clone();
    }

    /** Number of gradients by their staleness: updates by anyone between a gradient's read and its own update. */
    public NavigableMap<Long, Long> staleness() {
        return new TreeMap<>(staleness);
    }

    /** Mean staleness; 0 where nothing was applied. */
    public double meanStaleness() {
        long count = Arrays.stream(applied).sum();
        return count == 0 ? 0 : stalenessSum / count;
    }
}
