package trainyard.scheduler.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The generator of Python's module {@code random}, seeded with a whole number: the Mersenne Twister (Matsumoto and Nishimura,
 * ACM TOMACS 1998) with bounded numbers by rejection on just enough bits. The same seed gives the same numbers.
 */
public final class PythonRandom {

    private static final int WORD_BITS = 32;
    /** Populations up to this size are sampled from a pool, larger ones by rejection, where few are wanted. */
    private static final int POOL_SIZE = 21;

    private final UniformRandomProvider words;

    public PythonRandom(int seed) {
        words = RandomSource.MT.create(new int[] {Math.abs(seed)});
    }

    /**
     * A whole number from 0 to below a bound.
     *
     * @param bound at least 1
     */
    public int below(int bound) {
        int bits = WORD_BITS - Integer.numberOfLeadingZeros(bound);
        int drawn = words.nextInt() >>> (WORD_BITS - bits);
        while (drawn >= bound) {
            drawn = words.nextInt() >>> (WORD_BITS - bits);
        }
        return drawn;
    }

    /** Shuffles a list in place. */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }

    /** Two different members of a list, in the order in which they were drawn. */
    public <T> List<T> pair(List<T> population) {
        int size = population.size();
        if (size > POOL_SIZE) {
            Set<Integer> drawn = new HashSet<>();
            List<T> pair = new ArrayList<>();
            while (pair.size() < 2) {
                int at = below(size);
                if (drawn.add(at)) {
                    pair.add(population.get(at));
                }
            }
            return pair;
        }
        int first = below(size);
        int second = below(size - 1);
        return List.of(population.get(first), population.get(second == first ? size - 1 : second));
    }

    /** A number from 0 to below 1, from 53 bits. */
    public double nextDouble() {
        long high = words.nextInt() >>> 5;
        long low = words.nextInt() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }
}
