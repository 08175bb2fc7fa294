package trainyard.scenario.workload.detail;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.scenario.workload.metric.Metric;

/**
 * A quantity over the time of one replication.
 *
 * @param quantity what is measured
 * @param name which of several curves of that quantity; empty where it has one
 * @param shape how the quantity goes from one point to the next
 * @param points in the order of their times
 * @param clock what passes from one point to the next
 * @param measured what the values are, where the quantity's own name also says what they go over; else the quantity
 * @param isPart whether it is one of the parts of a whole that the curves of the quantity add up to, or may be; else it is shown
 *     beside them
 */
public record TimeSeries(
        Metric quantity, String name, Shape shape, List<At> points, Clock clock, Metric measured, boolean isPart) {

    /** What passes. */
    public enum Clock {
        TIME,
        /** Time of one GPU; two GPUs pass it twice as fast. */
        GPU_TIME,
        /** Passes over the training data; what stands for seconds is their number. */
        EPOCHS,
        /** Updates of the parameters; what stands for seconds is their number. */
        UPDATES
    }

    /** Of a quantity that is called what it is. */
    public TimeSeries(Metric quantity, String name, Shape shape, List<At> points, Clock clock) {
        this(quantity, name, shape, points, clock, quantity);
    }

    /** Of what may be a part of a whole. */
    public TimeSeries(Metric quantity, String name, Shape shape, List<At> points, Clock clock, Metric measured) {
        this(quantity, name, shape, points, clock, measured, true);
    }

    /** The same as what is shown beside the parts of a whole. */
    public TimeSeries beside() {
        return new TimeSeries(quantity, name, shape, points, clock, measured, false);
    }

    /** Over time. */
    public TimeSeries(Metric quantity, String name, Shape shape, List<At> points) {
        this(quantity, name, shape, points, Clock.TIME);
    }

    /** How a quantity goes from one point to the next. */
    public enum Shape {
        /** It stays until the next point. */
        STEP,
        /** It goes straight to the next point. */
        LINE
    }

    /**
     * A value at a time.
     *
     * @param seconds from the start of the replication
     * @param value in the base unit of the quantity
     * @param low lower end of the band in which it is expected; the value where it is known
     * @param high upper end of the band
     */
    public record At(double seconds, double value, double low, double high) {

        public At {
            if (low > value || high < value) {
                throw new IllegalArgumentException(value + " lies outside of " + low + " to " + high);
            }
        }

        /** A value that is known. */
        public At(double seconds, double value) {
            this(seconds, value, value, value);
        }
    }

    public TimeSeries {
        points = List.copyOf(points);
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).seconds() < points.get(i - 1).seconds()) {
                throw new IllegalArgumentException("the points of " + quantity.name() + " must be in order of time");
            }
        }
    }

    /** The value at a time; empty before the first and after the last point. */
    public OptionalDouble value(double seconds) {
        if (points.isEmpty()
                || seconds < points.get(0).seconds()
                || seconds > points.get(points.size() - 1).seconds()) {
            return OptionalDouble.empty();
        }
        int before = lastUntil(seconds);
        At from = points.get(before);
        if (shape == Shape.STEP || before + 1 == points.size()) {
            return OptionalDouble.of(from.value());
        }
        At to = points.get(before + 1);
        double share = (seconds - from.seconds()) / (to.seconds() - from.seconds());
        return OptionalDouble.of(from.value() + share * (to.value() - from.value()));
    }

    /** Mean of a stepwise quantity between two times; 0 where none of its points lies before the end. */
    public double mean(double fromSeconds, double toSeconds) {
        double sum = 0;
        for (int i = 0; i < points.size() && points.get(i).seconds() < toSeconds; i++) {
            double end = i + 1 < points.size() ? Math.min(points.get(i + 1).seconds(), toSeconds) : toSeconds;
            sum += points.get(i).value()
                    * Math.max(0, end - Math.max(points.get(i).seconds(), fromSeconds));
        }
        return sum / (toSeconds - fromSeconds);
    }

    /** Index of the last point that is not after a time. */
    private int lastUntil(double seconds) {
        int low = 0;
        int high = points.size() - 1;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (points.get(middle).seconds() <= seconds) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
