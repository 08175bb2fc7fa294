package trainyard.scenario.workload;

import trainyard.scenario.workload.Metric.Better;
import trainyard.sim.units.Dimension;

/** Makes metrics in the units that fit times, counts and shares. */
public final class Metrics {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Metrics() {}

    public static Metric seconds(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "s", 1, better, doc);
    }

    public static Metric minutes(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "min", MINUTE, better, doc);
    }

    public static Metric hours(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "h", HOUR, better, doc);
    }

    public static Metric gpuHours(String name, Better better, String doc) {
        return new Metric(name, Dimension.GPU_TIME, "GPU-h", HOUR, better, doc);
    }

    public static Metric count(String name, Better better, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, better, doc);
    }

    public static Metric share(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", 0.01, better, doc);
    }
}
