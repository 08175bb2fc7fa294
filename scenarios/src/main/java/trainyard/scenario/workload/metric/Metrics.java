package trainyard.scenario.workload.metric;

import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/** Makes metrics in the units that fit times, counts and shares, none of which can be negative. */
public final class Metrics {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double PERCENT = 0.01;

    private Metrics() {}

    public static Metric seconds(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "s", 1, Bounds.NOT_NEGATIVE, better, doc);
    }

    public static Metric minutes(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "min", MINUTE, Bounds.NOT_NEGATIVE, better, doc);
    }

    public static Metric hours(String name, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, "h", HOUR, Bounds.NOT_NEGATIVE, better, doc);
    }

    public static Metric gpuHours(String name, Better better, String doc) {
        return new Metric(name, Dimension.GPU_TIME, "GPU-h", HOUR, Bounds.NOT_NEGATIVE, better, doc);
    }

    public static Metric count(String name, Better better, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, better, doc);
    }

    /** A part over its whole: at most 100 %. */
    public static Metric share(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", PERCENT, Bounds.SHARE, better, doc);
    }

    /** One amount over another in percent, which may be more than 100 %. */
    public static Metric ratio(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", PERCENT, Bounds.NOT_NEGATIVE, better, doc);
    }

    /** What one amount adds to another, or takes of it, in percent, which may be less than nothing. */
    public static Metric change(String name, Better better, String doc) {
        return new Metric(name, Dimension.FRACTION, "%", PERCENT, Bounds.NONE, better, doc);
    }
}
