package trainyard.scheduler.packing;

import java.util.Arrays;

/**
 * Where each item lies.
 *
 * @param binOf bin of each item, from 0
 * @param free what is left of each bin, in the order in which they were opened
 */
public record Packing(int[] binOf, long[] free) {

    public Packing {
        binOf = binOf.clone();
        free = free.clone();
    }

    /** Bins in use. */
    public int bins() {
        return free.length;
    }

    /** What is left in all bins in use. */
    public long totalFree() {
        return Arrays.stream(free).sum();
    }
}
