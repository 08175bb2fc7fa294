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
    CDNA2(HOPPER),
    CDNA3(HOPPER),
    CDNA4(HOPPER);

    private final Architecture peer;

    /** A generation of NVIDIA, its own peer. */
    Architecture() {
        peer = this;
    }

    Architecture(Architecture peer) {
        this.peer = peer;
    }

    /** Whether its peer is a generation of NVIDIA or a later one. */
    public boolean isAtLeast(Architecture nvidia) {
        return peer.compareTo(nvidia) >= 0;
    }
}
