package trainyard.benchmark;

import java.util.SplittableRandom;

/**
 * Delays of the hold model: exponential with mean 1 ms, drawn beforehand so that drawing costs every engine the same
 * small look-up.
 */
final class Increments {
    /** Mean delay. */
    static final double MEAN_NANOS = 1e6;

    private static final int COUNT = 1 << 16;

    private final long[] nanos = new long[COUNT];
    private int next;

    Increments() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < COUNT; i++) {
            nanos[i] = (long) Math.ceil(-Math.log1p(-random.nextDouble()) * MEAN_NANOS);
        }
    }

    long nextNanos() {
        return nanos[next++ & (COUNT - 1)];
    }
}
