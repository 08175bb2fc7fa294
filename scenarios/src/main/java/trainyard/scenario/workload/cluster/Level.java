package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.engine.SimTime;

/** A number that rises and falls at moments that may be told in any order. */
final class Level {

    /** Beyond so many points, a curve shows the mean of each of {@link #STRETCHES} stretches of the run. */
    private static final int MOST_POINTS = 3000;

    private static final int STRETCHES = 1000;

    /** What falls as much as it rose is 0, whatever rounding leaves. */
    private static final double NOTHING = 1e-9;

    private long[] nanos = new long[16];
    private double[] change = new double[16];
    private int count;

    void add(long atNanos, double by) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
            change = Arrays.copyOf(change, 2 * count);
        }
        nanos[count] = atNanos;
        change[count++] = by;
    }

    /** Adds so much between two moments. */
    void add(long fromNanos, long toNanos, double by) {
        add(fromNanos, by);
        add(toNanos, -by);
    }

    /** Its curve from 0 to the end of the run. */
    TimeSeries series(Metric quantity, String name, long endNanos) {
        List<TimeSeries.At> points = points(endNanos);
        TimeSeries exact = new TimeSeries(quantity, name, TimeSeries.Shape.STEP, points);
        if (points.size() <= MOST_POINTS) {
            return exact;
        }
        return new TimeSeries(quantity, name, TimeSeries.Shape.STEP, means(exact, SimTime.seconds(endNanos)));
    }

    private List<TimeSeries.At> points(long endNanos) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(nanos[a], nanos[b]));
        List<TimeSeries.At> points = new ArrayList<>();
        double value = 0;
        long at = 0;
        for (int index : order) {
            if (nanos[index] > at) {
                points.add(point(at, value));
                at = nanos[index];
            }
            value += change[index];
        }
        points.add(point(at, value));
        if (endNanos > at) {
            points.add(point(endNanos, value));
        }
        return points;
    }

    private static TimeSeries.At point(long nanos, double value) {
        return new TimeSeries.At(SimTime.seconds(nanos), Math.abs(value) < NOTHING ? 0 : value);
    }

    private static List<TimeSeries.At> means(TimeSeries exact, double endSeconds) {
        double width = endSeconds / STRETCHES;
        double[] sums = new double[STRETCHES];
        List<TimeSeries.At> points = exact.points();
        for (int i = 0; i + 1 < points.size(); i++) {
            spread(sums, width, points.get(i), points.get(i + 1).seconds());
        }
        List<TimeSeries.At> means = new ArrayList<>();
        for (int i = 0; i < STRETCHES; i++) {
            means.add(new TimeSeries.At(i * width, sums[i] / width));
        }
        means.add(new TimeSeries.At(endSeconds, points.get(points.size() - 1).value()));
        return means;
    }

    /** Shares a stretch of one value out over the stretches of the curve. */
    private static void spread(double[] sums, double width, TimeSeries.At from, double toSeconds) {
        double at = from.seconds();
        int stretch = Math.min(sums.length - 1, (int) (at / width));
        while (at < toSeconds && stretch < sums.length) {
            double end = stretch + 1 == sums.length ? toSeconds : Math.min(toSeconds, (stretch + 1) * width);
            sums[stretch++] += from.value() * Math.max(0, end - at);
            at = Math.max(at, end);
        }
    }
}
