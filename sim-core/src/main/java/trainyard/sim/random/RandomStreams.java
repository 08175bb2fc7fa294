package trainyard.sim.random;

import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random streams by key. A stream is an L64X128Mix generator (Steele and Vigna 2021, "LXM: better splittable
 * pseudorandom number generators", OOPSLA) whose 256-bit seed is a hash of the key. It does not matter in which order
 * streams are made, nor how many.
 *
 * <p>Use one stream for each source of randomness of each entity: {@code stream("gpu-failure", node)} and
 * {@code stream("gpu-repair", node)} are two. Then what one process draws never moves what another one gets, and
 * variants that share a seed differ by their parameters alone.
 *
 * @param seed master seed of the scenario
 * @param replication index of the replication, 0 or more
 */
public record RandomStreams(long seed, int replication) {
    private static final int SEED_WORDS = 4;

    /** 2^64 over the golden ratio, as in SplitMix64 (Steele, Lea and Flood 2014). */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    public RandomStreams {
        if (replication < 0) {
            throw new IllegalArgumentException("replication (" + replication + ") must be 0 or more");
        }
    }

    /** The streams of another replication of the same scenario. */
    public RandomStreams forReplication(int otherReplication) {
        return new RandomStreams(seed, otherReplication);
    }

    /** A stream for a purpose of which there is one. */
    public UniformRandomProvider stream(String purpose) {
        return stream(purpose, 0);
    }

    /**
     * A stream, always from its beginning.
     *
     * @param purpose what is drawn, such as {@code gpu-failure}
     * @param entity which of the things that draw it, such as the index of a node
     */
    public UniformRandomProvider stream(String purpose, long entity) {
        Objects.requireNonNull(purpose, "purpose");
        long[] words = new long[SEED_WORDS];
        for (int i = 0; i < SEED_WORDS; i++) {
            words[i] = hash(i, purpose, entity);
        }
        return RandomSource.L64_X128_MIX.create(words);
    }

    private long hash(long word, String purpose, long entity) {
        long hash = absorb(word, seed);
        hash = absorb(hash, replication);
        hash = absorb(hash, entity);
        hash = absorb(hash, purpose.length());
        for (int i = 0; i < purpose.length(); i++) {
            hash = absorb(hash, purpose.charAt(i));
        }
        return mix(hash);
    }

    private static long absorb(long hash, long value) {
        return mix(hash + GOLDEN) ^ mix(value + GOLDEN) * GOLDEN;
    }

    /** Stafford's variant 13 of the 64-bit finaliser of MurmurHash3, a bijection in which every bit moves every other. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
