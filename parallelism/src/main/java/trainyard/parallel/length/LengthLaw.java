package trainyard.parallel.length;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/**
 * How long the sequences of a data set are: draws of a law, cut at the longest and filled up to whole buckets.
 *
 * @param tokens law of the length
 * @param longest what longer ones are cut to
 * @param bucket lengths are filled up to multiples of it, so that kernels meet few shapes
 */
public record LengthLaw(Distribution tokens, int longest, int bucket) {

    public LengthLaw {
        if (longest < 1 || bucket < 1) {
            throw new IllegalArgumentException("lengths must be positive, got " + longest + " and " + bucket);
        }
    }

    /** Lengths of the sequences that one data-parallel rank reads, in their order. */
    ContinuousSampler sampler(RandomStreams streams, int rank) {
        return tokens.sampler(streams.stream("sequence-length", rank));
    }

    /** A drawn length as it is: whole, at least 1, cut at the longest. */
    int cut(double drawn) {
        return (int) Math.max(1, Math.min(longest, Math.ceil(drawn)));
    }

    /** A length filled up to a whole bucket; the longest needs no more than itself. */
    public int padded(int length) {
        return (int) Math.min(longest, ((long) length + bucket - 1) / bucket * bucket);
    }
}
