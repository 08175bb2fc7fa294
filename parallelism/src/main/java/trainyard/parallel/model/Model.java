package trainyard.parallel.model;

import java.util.List;

/** A network to train: layers in the order of the forward pass. A pipeline may cut between any two of them. */
public interface Model {

    String name();

    List<Layer> layers();

    /** Trainable parameters of the whole model; tied weights count once. */
    double parameters();

    /** Elements per token that pass from layer to layer. */
    int width();

    /** Parameters that first and last layer share, 0 where nothing is tied. */
    double tiedParameters();

    /**
     * FLOPs of one forward pass over {@code sequences} sequences, as model FLOPs are counted for MFU: multiplications
     * and additions of the matrix products, attention not halved for causality, nothing recomputed.
     */
    double forwardFlops(double sequences, int sequenceLength);
}
