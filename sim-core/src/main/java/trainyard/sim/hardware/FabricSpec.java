package trainyard.sim.hardware;

import java.util.Objects;

/**
 * The network between nodes.
 *
 * @param name catalogue name, such as {@code IB HDR}
 * @param kind shape of the switch network
 * @param portBytesPerSecond raw rate at which its cables and switches run a port, per direction; infinite where ports run at
 *     the rate of the nodes
 * @param latencySeconds one-way latency of a small message between two nodes
 * @param achievedFraction share of the raw port rate that large transfers reach, in (0, 1]
 * @param oversubscription leaf downlink over uplink capacity; 1 = full bisection
 * @param keepsOrder whether the bytes of a message arrive in the order in which they were sent
 * @param gpuDirect whether ports read and write GPU memory themselves (GPUDirect RDMA); otherwise each message is copied
 *     through the memory of the host at both ends
 * @param reduces whether its switches add up what the nodes send and copy the sum to all (SHARP on InfiniBand)
 * @param layout measures of kinds that need more than the above
 * @param provenance source of the row
 */
public record FabricSpec(
        String name,
        Kind kind,
        double portBytesPerSecond,
        double latencySeconds,
        double achievedFraction,
        double oversubscription,
        boolean keepsOrder,
        boolean gpuDirect,
        boolean reduces,
        FabricLayout layout,
        Provenance provenance) {

    /** Shapes of the switch network between nodes. */
    public enum Kind {
        SINGLE_SWITCH,
        FAT_TREE,
        /** Fat tree whose leaf switches each serve one NIC index (rail) of many nodes. */
        RAIL_OPTIMISED,
        /** A router per node on a grid of two or three dimensions whose ends are joined. */
        TORUS,
        /** Groups of fully joined routers; every two groups are joined by at least one cable. */
        DRAGONFLY,
        /** Switches and cables given one by one. */
        GRAPH
    }

    /** A fabric for ports of any rate that keeps the order of bytes, as InfiniBand and RoCE do, and lies as its kind suggests. */
    public FabricSpec(
            String name,
            Kind kind,
            double latencySeconds,
            double achievedFraction,
            double oversubscription,
            Provenance provenance) {
        this(
                name,
                kind,
                latencySeconds,
                achievedFraction,
                oversubscription,
                true,
                true,
                FabricLayout.AUTOMATIC,
                provenance);
    }

    /** A fabric for ports of any rate whose switches only forward. */
    public FabricSpec(
            String name,
            Kind kind,
            double latencySeconds,
            double achievedFraction,
            double oversubscription,
            boolean keepsOrder,
            boolean gpuDirect,
            FabricLayout layout,
            Provenance provenance) {
        this(
                name,
                kind,
                Double.POSITIVE_INFINITY,
                latencySeconds,
                achievedFraction,
                oversubscription,
                keepsOrder,
                gpuDirect,
                false,
                layout,
                provenance);
    }

    public FabricSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(layout, "layout");
        if (kind == Kind.GRAPH && layout.graph().isEmpty()) {
            throw new IllegalArgumentException("a fabric of kind graph needs its graph");
        }
        if (!(portBytesPerSecond > 0)) {
            throw new IllegalArgumentException("portBytesPerSecond must be positive, got " + portBytesPerSecond);
        }
        if (!(achievedFraction > 0 && achievedFraction <= 1)) {
            throw new IllegalArgumentException("achievedFraction must lie in (0, 1], got " + achievedFraction);
        }
        if (oversubscription < 1) {
            throw new IllegalArgumentException("oversubscription must be at least 1, got " + oversubscription);
        }
    }

    /** The same, laid out in another way. */
    public FabricSpec with(FabricLayout other) {
        return with(other, reduces);
    }

    /** The same with switches that reduce. */
    public FabricSpec reducing() {
        return with(layout, true);
    }

    private FabricSpec with(FabricLayout newLayout, boolean newReduces) {
        return new FabricSpec(
                name,
                kind,
                portBytesPerSecond,
                latencySeconds,
                achievedFraction,
                oversubscription,
                keepsOrder,
                gpuDirect,
                newReduces,
                newLayout,
                provenance);
    }
}
