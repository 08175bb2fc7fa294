package trainyard.scenario.workload.collective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.units.Dimension;

/** The metrics of one collective, defined as nccl-tests define them (PERFORMANCE.md). */
public final class CollectiveMetrics {

    private static final double MICROSECOND = 1e-6;
    private static final double GIGABYTE = 1e9;

    public static final Metric TIME = new Metric(
            "time",
            Dimension.DURATION,
            "us",
            MICROSECOND,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "From the first rank's start to the last rank's end.");
    public static final Metric LATENCY = new Metric(
            "latency",
            Dimension.DURATION,
            "us",
            MICROSECOND,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "The part that does not depend on the size.");
    public static final Metric ALGORITHM_BANDWIDTH = new Metric(
            "algorithm-bandwidth",
            Dimension.DATA_RATE,
            "GB/s",
            GIGABYTE,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Size over time.");
    public static final Metric BUS_BANDWIDTH = new Metric(
            "bus-bandwidth",
            Dimension.DATA_RATE,
            "GB/s",
            GIGABYTE,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Algorithm bandwidth times the bus factor, 2(n-1)/n for all-reduce: what the slowest link carries.");
    public static final Metric RANKS =
            new Metric("ranks", Dimension.GPUS, "GPUs", 1, Bounds.NOT_NEGATIVE, Better.NEITHER, "Ranks of the group.");

    private CollectiveMetrics() {}

    /** Every metric of a collective, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(BUS_BANDWIDTH, TIME, LATENCY, ALGORITHM_BANDWIDTH, RANKS);
    }

    static Map<Metric, Double> of(Collective operation, double bytes, int ranks, CollectiveTime time) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        double algorithmBandwidth = time.seconds() == 0 ? 0 : bytes / time.seconds();
        values.put(BUS_BANDWIDTH, algorithmBandwidth * operation.busFactor(ranks));
        values.put(TIME, time.seconds());
        values.put(LATENCY, time.latencySeconds());
        values.put(ALGORITHM_BANDWIDTH, algorithmBandwidth);
        values.put(RANKS, (double) ranks);
        return values;
    }
}
