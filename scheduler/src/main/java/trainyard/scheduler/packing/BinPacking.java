package trainyard.scheduler.packing;

import java.util.stream.IntStream;

/**
 * Items that must go whole into bins of one size: models into GPU memory.
 *
 * @param capacity size of a bin, above 0
 * @param sizes size of each item in the order in which they come, each above 0 and at most {@code capacity}
 */
public record BinPacking(long capacity, long[] sizes) {

    public BinPacking {
        sizes = sizes.clone();
        if (capacity < 1) {
            throw new IllegalArgumentException("a bin must hold something, got a capacity of " + capacity);
        }
        for (long size : sizes) {
            if (size < 1 || size > capacity) {
                throw new IllegalArgumentException("an item of size " + size + " fits no bin of " + capacity);
            }
        }
    }

    public int items() {
        return sizes.length;
    }

    /** The items by size, the largest first; of equal ones the first. */
    int[] decreasing() {
        return IntStream.range(0, sizes.length)
                .boxed()
                .sorted((a, b) -> Long.compare(sizes[b], sizes[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
