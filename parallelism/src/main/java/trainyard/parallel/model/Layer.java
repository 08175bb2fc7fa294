package trainyard.parallel.model;

import java.util.List;

/** A unit of a model that stays on one pipeline stage. */
public interface Layer {

    /** What it is, such as {@code embedding}, {@code transformer}, {@code head}. */
    String kind();

    /** Parameters held by each of {@code tensor} tensor-parallel ranks. */
    double parametersPerRank(int tensor);

    /** Whether activation checkpointing applies to it: true for the repeated layers. */
    boolean recomputable();

    /** Operators of the forward pass on one rank, in order. */
    List<Operator> operators(Shard shard);
}
