package trainyard.parallel.model;

import trainyard.sim.hardware.Precision;

/**
 * The share of a layer that one rank computes for one micro-batch.
 *
 * @param microBatch sequences of the micro-batch
 * @param sequence tokens of a sequence
 * @param tensor tensor-parallel ranks
 * @param sequenceParallel whether the regions outside the matrix products are split along the sequence
 *     (Korthikanti et al. 2022, section 4.2.2)
 * @param precision format of weights and activations
 * @param attention how the attention core is computed
 */
public record Shard(
        int microBatch,
        int sequence,
        int tensor,
        boolean sequenceParallel,
        Precision precision,
        AttentionKernel attention) {

    /** Tokens of the micro-batch. */
    public double tokens() {
        return (double) microBatch * sequence;
    }

    /** Tokens that this rank handles outside the tensor-parallel regions. */
    public double tokensOutside() {
        return sequenceParallel ? tokens() / tensor : tokens();
    }
}
