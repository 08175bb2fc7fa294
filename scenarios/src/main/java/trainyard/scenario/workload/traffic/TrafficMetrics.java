package trainyard.scenario.workload.traffic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.collective.CollectiveMetrics;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.collective.Collective;
import trainyard.sim.network.LinkLoads;
import trainyard.sim.topology.LinkKind;
import trainyard.sim.units.Dimension;

/** The metrics of jobs that communicate on one fabric at the same time. */
public final class TrafficMetrics {

    private static final double PERCENT = 0.01;

    public static final Metric SLOWDOWN = new Metric(
            "slowdown",
            Dimension.FRACTION,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time of the slowest job over the time of the first job alone on the fabric.");
    public static final Metric LINK_LOAD = new Metric(
            "link-load",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.NEITHER,
            "Mean use of the busiest link between switches while the jobs run; of the busiest port where there are no such"
                    + " links.");

    private TrafficMetrics() {}

    /** Every metric of traffic, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(
                CollectiveMetrics.TIME,
                CollectiveMetrics.BUS_BANDWIDTH,
                CollectiveMetrics.ALGORITHM_BANDWIDTH,
                SLOWDOWN,
                LINK_LOAD,
                CollectiveMetrics.RANKS);
    }

    /**
     * @param ranks ranks of each job
     * @param seconds time of the slowest job
     * @param alone time of the first job by itself
     */
    static Map<Metric, Double> of(
            Collective operation, double bytes, int ranks, double seconds, double alone, LinkLoads loads) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(CollectiveMetrics.TIME, seconds);
        values.put(CollectiveMetrics.BUS_BANDWIDTH, bytes / seconds * operation.busFactor(ranks));
        values.put(CollectiveMetrics.ALGORITHM_BANDWIDTH, bytes / seconds);
        values.put(SLOWDOWN, seconds / alone);
        double between = loads.busiest(LinkKind::joinsSwitches);
        values.put(LINK_LOAD, between > 0 ? between : loads.busiest(kind -> kind == LinkKind.NIC_PORT));
        values.put(CollectiveMetrics.RANKS, (double) ranks);
        return values;
    }
}
