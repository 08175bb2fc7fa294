package trainyard.sim.hardware;

/** A GPU generation: decides tensor-core tile shapes and the row of NCCL's tuning tables. */
public enum Architecture {
    PASCAL,
    VOLTA,
    TURING,
    AMPERE,
    ADA,
    HOPPER,
    BLACKWELL,
    CDNA2,
    CDNA3,
    CDNA4
}
