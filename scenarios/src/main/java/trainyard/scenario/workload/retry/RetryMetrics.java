package trainyard.scenario.workload.retry;

import java.util.List;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/** The metrics of clients that try again. */
public final class RetryMetrics {

    private static final double PERCENT = 0.01;

    /** Requests within this time count as concurrent. */
    static final double STRETCH_SECONDS = 0.1;

    public static final Metric RECOVERED = new Metric(
            "recovered",
            Dimension.FRACTION,
            "%",
            PERCENT,
            Bounds.SHARE,
            Better.HIGHER,
            "Share of the clients that were served.");
    public static final Metric RECOVERY_TIME =
            seconds("recovery-time", "Mean time until a client was served, of those that were.");
    public static final Metric RECOVERY_TIME_LAST =
            seconds("recovery-time.last", "Time until the last of them was served.");
    public static final Metric GIVE_UP_TIME =
            seconds("give-up-time", "Mean time until a client gave up, of those that did.");
    public static final Metric BUDGET = seconds(
            "retry-budget", "Mean of all waits together where every try fails: the longest outage that is outlasted.");
    public static final Metric PEAK =
            number("overload.peak", "Most requests within 100 ms over the slots of the store.");
    public static final Metric RETRY_PEAK =
            number("overload.retries", "The same without first requests, which all come at once whatever the waits.");
    public static final Metric REQUESTS = number("requests", "Requests of all clients.");
    public static final Metric OUTAGE = seconds("outage", "Time until the store could be reached.");
    public static final Metric CONCURRENT = number("concurrent-requests", "Requests that come within 100 ms.");

    private RetryMetrics() {}

    private static Metric seconds(String name, String doc) {
        return new Metric(name, Dimension.DURATION, "s", 1, Bounds.NOT_NEGATIVE, Better.LOWER, doc);
    }

    private static Metric number(String name, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, Better.LOWER, doc);
    }

    /** Every metric of clients that try again, in the order in which they are shown. */
    public static List<Metric> all() {
        return List.of(
                RECOVERED, RECOVERY_TIME, RECOVERY_TIME_LAST, GIVE_UP_TIME, BUDGET, PEAK, RETRY_PEAK, REQUESTS, OUTAGE);
    }
}
