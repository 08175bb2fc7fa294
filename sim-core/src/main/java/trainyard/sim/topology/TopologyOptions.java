package trainyard.sim.topology;

import java.util.Objects;

/**
 * What a topology needs to know beyond the cluster's data sheet.
 *
 * @param switchRadix ports of one leaf or spine switch at the speed of a network port, at least 4 and even
 * @param loadBalancing how equal routes share traffic
 * @param scaleUpLatencySeconds one-way latency between two GPUs joined by scale-up links
 * @param pcieLatencySeconds latency that PCIe adds between a GPU and the next GPU or port on its switch
 * @param switchLatencySeconds latency of each switch beyond the first on a route between nodes
 * @param scaleUpAchievedFraction share of the raw scale-up rate that large transfers reach, in (0, 1]
 */
public record TopologyOptions(
        int switchRadix,
        LoadBalancing loadBalancing,
        double scaleUpLatencySeconds,
        double pcieLatencySeconds,
        double switchLatencySeconds,
        double scaleUpAchievedFraction) {

    /**
     * 64 ports (NVIDIA QM9700 data sheet, recalled); 0.6 us per step over NVLink and 1.0 us over PCIe (hwLat, ring, LL,
     * NVIDIA/nccl src/graph/tuning.cc @5067397, 2026-06-11); 0.13 us per switch (NVIDIA QM8700 data sheet, recalled);
     * 0.8 of the raw NVLink rate, between the 0.78 of A100 and the 0.82 of H100 (all-reduce bus bandwidth,
     * stas00/ml-engineering network/README.md).
     */
    public static final TopologyOptions DEFAULT =
            new TopologyOptions(64, LoadBalancing.ECMP, 0.6e-6, 1.0e-6, 0.13e-6, 0.8);

    public TopologyOptions {
        Objects.requireNonNull(loadBalancing, "loadBalancing");
        if (switchRadix < 4 || switchRadix % 2 != 0) {
            throw new IllegalArgumentException("switchRadix must be even and at least 4, got " + switchRadix);
        }
        if (!(scaleUpLatencySeconds >= 0 && pcieLatencySeconds >= 0 && switchLatencySeconds >= 0)) {
            throw new IllegalArgumentException("latencies must not be negative, got " + scaleUpLatencySeconds + ", "
                    + pcieLatencySeconds + ", " + switchLatencySeconds);
        }
        if (!(scaleUpAchievedFraction > 0 && scaleUpAchievedFraction <= 1)) {
            throw new IllegalArgumentException(
                    "scaleUpAchievedFraction must lie in (0, 1], got " + scaleUpAchievedFraction);
        }
    }

    public TopologyOptions withSwitchRadix(int radix) {
        return new TopologyOptions(
                radix,
                loadBalancing,
                scaleUpLatencySeconds,
                pcieLatencySeconds,
                switchLatencySeconds,
                scaleUpAchievedFraction);
    }

    public TopologyOptions withLoadBalancing(LoadBalancing balancing) {
        return new TopologyOptions(
                switchRadix,
                balancing,
                scaleUpLatencySeconds,
                pcieLatencySeconds,
                switchLatencySeconds,
                scaleUpAchievedFraction);
    }
}
