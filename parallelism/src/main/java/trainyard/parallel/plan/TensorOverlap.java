package trainyard.parallel.plan;

/** What runs beside the exchanges of the tensor ranks. */
public enum TensorOverlap {
    /** Nothing. */
    NONE,
    /** The weight gradient beside the sum of the input's gradient (Korthikanti et al. 2022, section 4.2.2). */
    WEIGHT_GRADIENT,
    /**
     * The products themselves, cut into one piece per rank: a piece is computed while the next one is on its way (Wang et
     * al. 2022; Transformer Engine's userbuffers, PyTorch's async tensor parallelism).
     */
    PIPELINED
}
