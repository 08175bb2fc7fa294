package trainyard.sim.hardware;

import java.util.Objects;

/**
 * The network between nodes.
 *
 * @param name catalogue name, such as {@code IB HDR}
 * @param kind shape of the switch network
 * @param latencySeconds one-way latency of a small message between two nodes
 * @param achievedFraction share of the raw port rate that large transfers reach, in (0, 1]
 * @param oversubscription leaf downlink over uplink capacity; 1 = full bisection
 * @param keepsOrder whether the bytes of a message arrive in the order in which they were sent
 * @param provenance source of the row
 */
public record FabricSpec(
        String name,
        Kind kind,
        double latencySeconds,
        double achievedFraction,
        double oversubscription,
        boolean keepsOrder,
        Provenance provenance) {

    /** Shapes of the switch network between nodes. */
    public enum Kind {
        SINGLE_SWITCH,
        FAT_TREE,
        /** Fat tree whose leaf switches each serve one NIC index (rail) of many nodes. */
        RAIL_OPTIMISED
    }

    /** A fabric that keeps the order of bytes, as InfiniBand and RoCE do. */
    public FabricSpec(
            String name,
            Kind kind,
            double latencySeconds,
            double achievedFraction,
            double oversubscription,
            Provenance provenance) {
        this(name, kind, latencySeconds, achievedFraction, oversubscription, true, provenance);
    }

    public FabricSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        if (!(achievedFraction > 0 && achievedFraction <= 1)) {
            throw new IllegalArgumentException("achievedFraction must lie in (0, 1], got " + achievedFraction);
        }
        if (oversubscription < 1) {
            throw new IllegalArgumentException("oversubscription must be at least 1, got " + oversubscription);
        }
    }
}
