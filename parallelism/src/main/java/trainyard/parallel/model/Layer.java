package trainyard.parallel.model;

import java.util.List;

/** A unit of a model that stays on one pipeline stage. */
public interface Layer {

    /** What it is, such as {@code embedding}, {@code transformer}, {@code head}; a label for people. */
    String kind();

    LayerRole role();

    /** Parameters that one rank holds. */
    ParameterCount parametersPerRank(Split split);

    /** Those of them that are trained: they have gradients, optimizer states and an exchange among replicas. */
    default ParameterCount trainedPerRank(Split split) {
        return parametersPerRank(split);
    }

    /** Whether activation checkpointing applies to it. */
    default boolean recomputable() {
        return role() == LayerRole.BLOCK;
    }

    /** Elements of the layer's input for one micro-batch, those of all tensor ranks together. */
    double inputElements(Shard shard);

    /** Elements that pass by the layer to later ones and have to cross a pipeline cut before it, beside its input. */
    default double bypassingElements(Shard shard) {
        return 0;
    }

    /** Operators of the forward pass on one rank, in order. */
    List<Operator> operators(Shard shard);
}
