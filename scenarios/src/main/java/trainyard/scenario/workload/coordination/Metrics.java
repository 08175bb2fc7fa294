package trainyard.scenario.workload.coordination;

import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Metric.Better;
import trainyard.sim.units.Dimension;

/** Makes metrics in the units that fit coordination. */
final class Metrics {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Metrics() {}

    static Metric seconds(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "s", 1, better, doc);
    }

    static Metric minutes(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "min", MINUTE, better, doc);
    }

    static Metric hours(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "h", HOUR, better, doc);
    }

    static Metric count(String name, Better better, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, better, doc);
    }

    static Metric share(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", 0.01, better, doc);
    }
}
