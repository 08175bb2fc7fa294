package trainyard.scheduler.packing;

import java.util.Arrays;

/**
 * Numbers of bins that no packing can do without: the bound L2 of Martello and Toth, "Lower bounds and reduction procedures
 * for the bin packing problem", Discrete Applied Mathematics 28 (1990).
 */
public final class PackingBound {

    private PackingBound() {}

    /**
     * L2: the largest over thresholds {@code a} up to half a bin of the items above {@code C - a}, which share with none that
     * counts, those above {@code C / 2}, no two of which share, and what the rest down to {@code a} needs beyond the room that
     * the latter leave. With {@code a = 0} it is at least the sum of the sizes over the size of a bin.
     */
    public static int atLeast(BinPacking problem) {
        long[] ascending = problem.sizes().clone();
        Arrays.sort(ascending);
        long best = withThreshold(problem.capacity(), ascending, 0);
        long last = 0;
        for (long size : ascending) {
            if (2 * size > problem.capacity()) {
                break;
            }
            if (size != last) {
                best = Math.max(best, withThreshold(problem.capacity(), ascending, size));
                last = size;
            }
        }
        return Math.toIntExact(best);
    }

    private static long withThreshold(long capacity, long[] ascending, long threshold) {
        long alone = 0;
        long halves = 0;
        long room = 0;
        long rest = 0;
        for (long size : ascending) {
            if (size > capacity - threshold) {
                alone++;
            } else if (2 * size > capacity) {
                halves++;
                room += capacity - size;
            } else if (size >= threshold) {
                rest += size;
            }
        }
        return alone + halves + Math.max(0, ceilingOfQuotient(rest - room, capacity));
    }

    private static long ceilingOfQuotient(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}
