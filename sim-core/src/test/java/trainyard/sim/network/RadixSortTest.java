package trainyard.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RadixSortTest {

    private final RadixSort sort = new RadixSort();

    /** Sizes on both sides of the choice between the two sorts, keys that differ in few and in many bits. */
    @Test
    void keysComeOutInOrder() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            int size = random.nextInt(2000);
            long[] keys =
                    random.longs(size + 10, 0, 1L << 1 + random.nextInt(62)).toArray();
            long[] expected = Arrays.copyOf(keys, size);
            Arrays.sort(expected);
            assertThat(Arrays.copyOf(sort.sort(keys, size, 0), size))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** The position in the lowest bits rises, so that only the bits above need sorting. */
    @Test
    void bitsAlreadyInOrderStayInOrder() {
        int lowBits = 11;
        var random = new SplittableRandom(1);
        long[] keys = new long[2000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) random.nextInt(5) << lowBits | i;
        }
        long[] expected = keys.clone();
        Arrays.sort(expected);
        assertThat(sort.sort(keys, keys.length, lowBits)).startsWith(expected);
    }
}
