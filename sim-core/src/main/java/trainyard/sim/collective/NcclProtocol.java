package trainyard.sim.collective;

/** How a rank learns that data has arrived. */
public enum NcclProtocol {
    /** 4 bytes of flag for every 4 bytes of data: least latency, at most half of the bandwidth. */
    LL("LL"),
    /** 8 bytes of flag in every 128-byte line. */
    LL128("LL128"),
    /** A flag for each slot of a buffer: full bandwidth, most latency. */
    SIMPLE("Simple");

    private final String label;

    NcclProtocol(String label) {
        this.label = label;
    }

    /** The name that NCCL prints. */
    public String label() {
        return label;
    }
}
