package trainyard.scenario.workload.sites;

import java.util.List;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.units.Dimension;

/** The metrics of replicas on sites. */
public final class SitesMetrics {

    private static final double GIGABYTE = 1e9;

    public static final Metric UTILIZATION =
            Metrics.share("compute-utilization", Better.HIGHER, "Share of the time in which a site computes.");
    public static final Metric WAITING =
            Metrics.seconds("waiting", Better.LOWER, "Time per step in which a site waits for its link, in the mean.");
    public static final Metric LINK =
            Metrics.share("link-utilization", Better.NEITHER, "Share of the time in which the link of a site sends.");
    public static final Metric TRAFFIC = new Metric(
            "traffic",
            Dimension.DATA,
            "GB",
            GIGABYTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "What a site sends per step, in the mean.");
    public static final Metric SPEED_UP = Metrics.count(
            "speed-up", Better.HIGHER, "Steps of all sites per second over those of one site that exchanges nothing.");
    public static final Metric AVAILABILITY = Metrics.share(
                    "site-availability",
                    Better.HIGHER,
                    "Share of the time in which a site is up and has the present parameters.")
            .needing("sites.outages");
    public static final Metric GOODPUT = Metrics.ratio(
                    "goodput",
                    Better.HIGHER,
                    "Steps of all sites that outages leave, over those without outages; more than 100 % where those that are"
                            + " left wait so much less for each other.")
            .needing("sites.outages");

    private SitesMetrics() {}

    /** Every metric of replicas on sites, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(StepMetrics.STEP_TIME, UTILIZATION, WAITING, LINK, TRAFFIC, SPEED_UP, AVAILABILITY, GOODPUT);
    }
}
