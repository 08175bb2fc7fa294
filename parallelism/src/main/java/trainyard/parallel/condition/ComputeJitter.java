package trainyard.parallel.condition;

import java.util.Objects;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/**
 * Compute times that vary from micro-batch to micro-batch and from rank to rank: every pass of a micro-batch on a rank takes
 * its priced time times one draw. Each rank draws from a stream of its own, so the draws of a rank do not depend on how
 * the others are spread.
 *
 * @param factor what times are multiplied with; mean 1
 * @param streams random streams of the replication
 */
public record ComputeJitter(Distribution factor, RandomStreams streams) {

    private static final String PURPOSE = "compute-jitter";
    private static final double ROUNDING = 1e-9;

    public ComputeJitter {
        Objects.requireNonNull(streams, "streams");
        if (Math.abs(factor.mean() - 1) > ROUNDING) {
            throw new IllegalArgumentException("the mean of the jitter must be 1, got " + factor.mean());
        }
    }

    /** Draws of one rank, one for each micro-batch in their order. */
    public ContinuousSampler ofRank(int rank) {
        return factor.sampler(streams.stream(PURPOSE, rank));
    }
}
