package trainyard.faults.trace;

import java.util.List;

/** The failure traces that the product ships, by the path that {@link TraceFolder#shipped()} finds them under. */
public final class ShippedTraces {

    public static final List<String> NAMES = List.of(
            "bamboo-spot/g4dn-trace.csv",
            "bamboo-spot/p3-trace.csv",
            "infinitehbd-stepfun-2024/fault_trace.json",
            "oobleck-artifact/10m.csv",
            "oobleck-artifact/1h.csv",
            "oobleck-artifact/30m.csv",
            "oobleck-artifact/3h.csv",
            "oobleck-artifact/5m.csv",
            "oobleck-artifact/6h.csv",
            "oobleck-artifact/scale_gcp-trace.csv",
            "oobleck-artifact/scale_p3-trace.csv");

    private ShippedTraces() {}
}
