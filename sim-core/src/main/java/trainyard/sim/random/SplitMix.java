package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.SplitMix64;

/**
 * Short streams of random numbers that follow from one number each, such as what is drawn for one fault (SplitMix64, Steele,
 * Lea and Flood 2014, OOPSLA). Making one costs next to nothing, where {@link RandomStreams} hashes a key of words.
 */
public final class SplitMix {

    private SplitMix() {}

    /** The stream of a seed; two seeds that differ by a multiple of the golden ratio of 2^64 have overlapping streams. */
    public static UniformRandomProvider of(long seed) {
        return new SplitMix64(seed);
    }
}
