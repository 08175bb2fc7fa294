package trainyard.sim.hardware;

import java.util.Objects;

/**
 * What a kind of link reaches in practice.
 *
 * @param name name in {@code interconnects.csv}, such as {@code NVLink3 A100}
 * @param latencySeconds latency of a small point-to-point message
 * @param achievedFraction bus bandwidth of large all-reduces over the raw rate of one GPU per direction; above 1 where
 *     the switch reduces
 * @param provenance source of the row
 */
public record InterconnectSpec(String name, double latencySeconds, double achievedFraction, Provenance provenance) {

    public InterconnectSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(provenance, "provenance");
        if (!(achievedFraction > 0 && achievedFraction <= 2)) {
            throw new IllegalArgumentException("achievedFraction must lie in (0, 2], got " + achievedFraction);
        }
    }
}
