package trainyard.scenario.workload.detector;

import java.util.List;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/** The metrics of a failure detector. */
public final class DetectorMetrics {

    private static final double DAY = 86_400;
    private static final double PERCENT = 0.01;

    public static final Metric DETECTION_TIME =
            seconds("detection-time", "Mean time from a crash until the first node knows of it.");
    public static final Metric DETECTION_TIME_CLOSED_FORM = seconds(
            "detection-time.closed-form", "The same by the closed form of the detector; absent where it has none.");
    public static final Metric DETECTION_TIME_ERROR = new Metric(
            "detection-time.error",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Difference of the two over the closed form, without its sign.");
    public static final Metric SPREAD_TIME = seconds(
            "spread-time", "Mean time from then until all live nodes know of it; 0 where one node alone watches.");
    public static final Metric FALSE_ALARMS = new Metric(
            "false-alarms",
            Dimension.EVENT_RATE,
            "/day",
            1 / DAY,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Live nodes declared dead, of all nodes together.");
    public static final Metric FALSE_ALARMS_CLOSED_FORM = new Metric(
            "false-alarms.closed-form",
            Dimension.EVENT_RATE,
            "/day",
            1 / DAY,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "The same by the closed form of the detector; absent where it has none.");
    public static final Metric BUSIEST_LOAD = rate(
            "load.busiest",
            "Messages that the busiest node sends and receives a second: the monitor where there is one.");
    public static final Metric NODE_LOAD =
            rate("load.node", "Messages that a watched node sends and receives a second, the mean of all.");

    private DetectorMetrics() {}

    private static Metric seconds(String name, String doc) {
        return new Metric(name, Dimension.DURATION, "s", 1, Bounds.NOT_NEGATIVE, Better.LOWER, doc);
    }

    private static Metric rate(String name, String doc) {
        return new Metric(name, Dimension.EVENT_RATE, "/s", 1, Bounds.NOT_NEGATIVE, Better.LOWER, doc);
    }

    /** Every metric of a detector, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(
                DETECTION_TIME,
                DETECTION_TIME_CLOSED_FORM,
                DETECTION_TIME_ERROR,
                SPREAD_TIME,
                FALSE_ALARMS,
                FALSE_ALARMS_CLOSED_FORM,
                BUSIEST_LOAD,
                NODE_LOAD);
    }
}
