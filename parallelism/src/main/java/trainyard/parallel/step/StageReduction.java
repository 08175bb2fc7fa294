package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.List;

/**
 * The data stream of a stage: its gradient buckets are reduced one after another, each once it is ready on all replicas.
 * Replicas finish their chunks in the same order, so the first bucket that is ready on one is the first on all.
 */
final class StageReduction {

    private final List<Long> buckets = new ArrayList<>();
    private final int[] expected;
    private final int[] ready;
    private int reduced;
    private int lanesLeft;
    private long free;

    /**
     * @param lanes classes of replicas
     */
    StageReduction(int lanes) {
        this.expected = new int[lanes];
        this.ready = new int[lanes];
        this.lanesLeft = lanes;
    }

    /** A bucket that will become ready on a replica. */
    void expect(int lane, long nanos) {
        if (expected[lane]++ == buckets.size()) {
            buckets.add(nanos);
        }
    }

    /** The next bucket is ready on a replica; returns whether it now is on all, so that its reduction is on the stream. */
    boolean ready(int lane, long now) {
        ready[lane]++;
        for (int count : ready) {
            if (count <= reduced) {
                return false;
            }
        }
        free = Math.max(now, free) + buckets.get(reduced);
        reduced++;
        return true;
    }

    /** Length of the reduction that was put on the stream last. */
    long lastNanos() {
        return buckets.get(reduced - 1);
    }

    /** When the stream is free. */
    long free() {
        return free;
    }

    /** A replica has done all its passes; returns whether all have. */
    boolean laneFinished() {
        return --lanesLeft == 0;
    }
}
