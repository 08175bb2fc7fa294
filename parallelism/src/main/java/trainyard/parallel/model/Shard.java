package trainyard.parallel.model;

import java.util.Objects;
import trainyard.sim.checks.Checks;
import trainyard.sim.hardware.Precision;

/**
 * The share of a layer that one rank computes for one micro-batch.
 *
 * @param microBatch sequences, or images, of the micro-batch
 * @param sequence tokens of a whole sequence
 * @param split how ranks divide the layer
 * @param precision format of weights and activations
 * @param attention how the attention core is computed
 * @param loss how the cross entropy is computed
 * @param routing how tokens of a mixture find their experts
 * @param experts how the products of a mixture's experts run
 * @param elements how the kernels between products run
 */
public record Shard(
        int microBatch,
        int sequence,
        Split split,
        Precision precision,
        AttentionKernel attention,
        LossKernel loss,
        TokenRouting routing,
        ExpertKernels experts,
        ElementKernels elements) {

    public Shard {
        Checks.atLeast("micro-batch", microBatch, 1);
        Checks.atLeast("sequence", sequence, 1);
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(routing, "routing");
        Objects.requireNonNull(experts, "experts");
        Objects.requireNonNull(elements, "elements");
    }

    /** A share whose cross entropy is that of a split vocabulary, and whose routing, experts and other kernels are plain. */
    public Shard(int microBatch, int sequence, Split split, Precision precision, AttentionKernel attention) {
        this(
                microBatch,
                sequence,
                split,
                precision,
                attention,
                LossKernel.SPLIT_VOCABULARY,
                TokenRouting.PLAIN,
                ExpertKernels.PLAIN,
                ElementKernels.PLAIN);
    }

    /** The same share of a sequence of another length. */
    public Shard withSequence(int length) {
        return new Shard(microBatch, length, split, precision, attention, loss, routing, experts, elements);
    }

    /** The same share where tokens find their experts otherwise. */
    public Shard with(TokenRouting other) {
        return new Shard(microBatch, sequence, split, precision, attention, loss, other, experts, elements);
    }

    /** The same share whose experts run otherwise. */
    public Shard with(ExpertKernels other) {
        return new Shard(microBatch, sequence, split, precision, attention, loss, routing, other, elements);
    }

    /** The same share whose kernels between products run otherwise. */
    public Shard with(ElementKernels other) {
        return new Shard(microBatch, sequence, split, precision, attention, loss, routing, experts, other);
    }

    public int tensor() {
        return split.tensor();
    }

    /** Tokens of each sequence that this rank holds: its part of the context. */
    public double localSequence() {
        return (double) sequence / split.context();
    }

    /** Tokens of the micro-batch that the tensor ranks of this rank hold together. */
    public double tokens() {
        return microBatch * localSequence();
    }

    /** Tokens that this rank handles outside the tensor-parallel regions. */
    public double tokensOutside() {
        return outside(tokens());
    }

    /** A rank's share of what tensor ranks split only with sequence parallelism. */
    public double outside(double whole) {
        return split.sequenceParallel() ? whole / split.tensor() : whole;
    }
}
