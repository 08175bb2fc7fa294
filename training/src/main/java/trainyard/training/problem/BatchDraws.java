package trainyard.training.problem;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.SplitMix;

/** A short stream of random numbers for each batch. It follows from who draws the batch and how many were drawn before. */
final class BatchDraws {

    /** Odd, so that the product with it is a bijection: 2^64 over the golden ratio, and a constant of MurmurHash3. */
    private static final long WORKER = 0x9e3779b97f4a7c15L;

    private static final long INDEX = 0xc4ceb9fe1a85ec53L;

    private final long seed;

    /** The streams of one purpose. */
    BatchDraws(RandomStreams streams, String purpose) {
        seed = streams.stream(purpose).nextLong();
    }

    UniformRandomProvider of(Batch batch) {
        long hash = mix(seed + (batch.worker() + 1) * WORKER);
        return SplitMix.of(mix(hash + (batch.index() + 1) * INDEX));
    }

    /** The finaliser of MurmurHash3 (Appleby 2011), a bijection in which every bit moves every other. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
