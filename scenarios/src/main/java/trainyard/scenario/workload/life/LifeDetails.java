package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.checkpoint.StoredBytes;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.record.LifeRecord;
import trainyard.faults.life.record.LifeRecord.Incident;
import trainyard.faults.life.record.LifeRecord.Stretch;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Details.Sample;
import trainyard.scenario.workload.detail.Details.Window;
import trainyard.scenario.workload.detail.Lane;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.detail.TimeSeries.At;
import trainyard.scenario.workload.detail.TimeSeries.Shape;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** The story of a long job for charts. */
public final class LifeDetails {

    private static final double HOUR = 3600;
    private static final double MINUTE = 60;

    public static final Metric THROUGHPUT = new Metric(
            "throughput",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.SHARE,
            Better.HIGHER,
            "Steps per time over those that neither a fault nor a snapshot stops; 0 while the job stands still, the mean with"
                    + " snapshots while it runs.");
    public static final Metric NODES_HELD = new Metric(
            "nodes-held", Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, Better.NEITHER, "Nodes that the job holds.");
    public static final Metric RUNNING_ETTR = new Metric(
            "running-ettr",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.SHARE,
            Better.HIGHER,
            "Steps done for the first time, times the time of a step on all nodes, over the time since the start, and over the"
                    + " last day: the mean hides what the sliding window shows.");
    public static final Metric PROGRESS = new Metric(
            "progress",
            Dimension.NUMBER,
            "steps",
            1,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Steps done and not destroyed; it falls when a snapshot is loaded.");
    public static final Metric STALL = new Metric(
            "stall",
            Dimension.DURATION,
            "min",
            MINUTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time from a fault that stops the job, or from when it is found, until the job runs again, of each incident.");
    public static final Metric WORK_AGAIN = new Metric(
            "work-again",
            Dimension.DURATION,
            "min",
            MINUTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Finished steps that an incident destroys, at the time of a step on all nodes, of each incident.");
    public static final Metric GAP = new Metric(
            "time-between-incidents",
            Dimension.DURATION,
            "h",
            HOUR,
            Bounds.NOT_NEGATIVE,
            Better.HIGHER,
            "Time between the starts of two incidents.");

    public static final Metric STORED = new Metric(
            "stored-bytes",
            Dimension.DATA,
            "TB",
            1e12,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Bytes of snapshots that each tier stores, as far as they are safe; with a ladder of old ones each of its rungs, what"
                    + " several would keep with the finest.");
    public static final Metric DAILY_ETTR = new Metric(
            "daily-ettr",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.NONE,
            Better.HIGHER,
            "Steps gained on a day, less those destroyed, times the time of a step on all nodes, over the day; of each whole day."
                    + " `daily-ettr.steady` is its long-run mean.");

    private static final double DAY = 24 * HOUR;

    /** The sliding window of {@link #RUNNING_ETTR}. */
    private static final double SLIDING_SECONDS = 24 * HOUR;

    /** Points of a curve that is not made of steps. */
    private static final int CURVE_POINTS = 400;

    private final LifeRecord life;
    private final double stepSeconds;

    private LifeDetails(LifeRecord life, double stepSeconds) {
        this.life = life;
        this.stepSeconds = stepSeconds;
    }

    /** What a life has over time. */
    public static List<Metric> series() {
        return List.of(THROUGHPUT, NODES_HELD, RUNNING_ETTR, PROGRESS, STORED);
    }

    /** What a life has many values of. */
    public static List<Metric> samples() {
        return List.of(STALL, WORK_AGAIN, GAP, DAILY_ETTR);
    }

    /**
     * The details of a life.
     *
     * @param stepSeconds time of a step on all nodes
     * @param stored what each tier of snapshots stored
     */
    static Details of(LifeRecord life, double stepSeconds, Map<String, StoredBytes> stored) {
        LifeDetails details = new LifeDetails(life, stepSeconds);
        List<TimeSeries> series = new ArrayList<>(List.of(details.throughput(), details.nodesHeld()));
        series.addAll(details.ettr());
        series.add(details.progress());
        stored.forEach((tier, bytes) -> series.addAll(details.stored(stored.size() == 1 ? "" : tier, bytes)));
        List<Lane> lanes = new ArrayList<>(List.of(details.job()));
        lanes.addAll(NodeLanes.of(life));
        return new Details(series, lanes, details.incidents(), details.firstIncident());
    }

    private double endSeconds() {
        return SimTime.seconds(life.endNanos());
    }

    private TimeSeries throughput() {
        List<At> points = new ArrayList<>();
        for (Stretch stretch : life.stretches()) {
            double steps = stretch.endSteps() - stretch.startSteps();
            double share = steps * stepSeconds / SimTime.seconds(stretch.nanos());
            points.add(new At(SimTime.seconds(stretch.startNanos()), Math.min(1, share)));
        }
        return closed(THROUGHPUT, points);
    }

    private TimeSeries nodesHeld() {
        List<At> points = new ArrayList<>();
        life.nodes().forEach(count -> points.add(new At(SimTime.seconds(count.fromNanos()), count.nodes())));
        return closed(NODES_HELD, points);
    }

    /** Steps whose last value holds until the end. */
    private TimeSeries closed(Metric quantity, List<At> points) {
        if (!points.isEmpty()) {
            points.add(new At(endSeconds(), points.get(points.size() - 1).value()));
        }
        return new TimeSeries(quantity, "", Shape.STEP, points);
    }

    /** A series for each rung of the ladder of a tier, one for all where it has none. */
    private List<TimeSeries> stored(String tier, StoredBytes bytes) {
        if (bytes.parts().isEmpty()) {
            return List.of(series(tier, bytes));
        }
        String prefix = tier.isEmpty() ? "" : tier + ", ";
        return bytes.parts().entrySet().stream()
                .map(part -> series(prefix + part.getKey(), part.getValue()))
                .toList();
    }

    private TimeSeries series(String name, StoredBytes bytes) {
        List<At> points = new ArrayList<>(List.of(new At(0, 0)));
        bytes.changes().forEach(change -> points.add(new At(SimTime.seconds(change.nanos()), change.bytes())));
        points.add(new At(endSeconds(), points.get(points.size() - 1).value()));
        return new TimeSeries(STORED, name, Shape.STEP, points);
    }

    private TimeSeries progress() {
        List<At> points = new ArrayList<>();
        for (Stretch stretch : life.stretches()) {
            points.add(new At(SimTime.seconds(stretch.startNanos()), stretch.startSteps()));
            points.add(new At(SimTime.seconds(stretch.endNanos()), stretch.endSteps()));
        }
        return new TimeSeries(PROGRESS, "", Shape.LINE, points);
    }

    /** Steps done for the first time; like {@link #progress}, but it never falls. */
    private TimeSeries furthest() {
        List<At> points = new ArrayList<>();
        double furthest = 0;
        for (Stretch stretch : life.stretches()) {
            points.add(new At(SimTime.seconds(stretch.startNanos()), furthest));
            furthest = Math.max(furthest, stretch.endSteps());
            points.add(new At(SimTime.seconds(stretch.endNanos()), furthest));
        }
        return new TimeSeries(PROGRESS, "", Shape.LINE, points);
    }

    private List<TimeSeries> ettr() {
        TimeSeries furthest = furthest();
        List<At> sinceStart = new ArrayList<>();
        List<At> sliding = new ArrayList<>();
        for (int i = 1; i <= CURVE_POINTS; i++) {
            double now = endSeconds() * i / CURVE_POINTS;
            double before = now - SLIDING_SECONDS;
            double done = furthest.value(Math.min(now, endSeconds())).orElse(0);
            sinceStart.add(new At(now, done * stepSeconds / now));
            if (before >= 0) {
                double inWindow = done - furthest.value(before).orElse(0);
                sliding.add(new At(now, inWindow * stepSeconds / SLIDING_SECONDS));
            }
        }
        return List.of(
                new TimeSeries(RUNNING_ETTR, "since the start", Shape.LINE, sinceStart),
                new TimeSeries(RUNNING_ETTR, "last 24 h", Shape.LINE, sliding));
    }

    private Lane job() {
        List<Lane.Span> spans = new ArrayList<>();
        for (Stretch stretch : life.stretches()) {
            boolean running = stretch.state() == GpuState.USEFUL;
            spans.add(new Lane.Span(
                    SimTime.seconds(stretch.startNanos()),
                    SimTime.seconds(stretch.endNanos()),
                    running
                            ? stretch.again() ? "steps done again" : "new steps"
                            : stretch.state().label(),
                    running && !stretch.again() ? "" : stretch.cause()));
        }
        return new Lane("job", spans);
    }

    private List<Sample> incidents() {
        List<Double> stalls = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> gaps = new ArrayList<>();
        long last = -1;
        for (Incident incident : life.incidents()) {
            stalls.add(SimTime.seconds(incident.stallNanos()));
            again.add(incident.lostSteps() * stepSeconds);
            if (last >= 0) {
                gaps.add(SimTime.seconds(incident.startNanos() - last));
            }
            last = incident.startNanos();
        }
        return List.of(
                new Sample(STALL, stalls),
                new Sample(WORK_AGAIN, again),
                new Sample(GAP, gaps),
                new Sample(DAILY_ETTR, daily()));
    }

    private List<Double> daily() {
        TimeSeries progress = progress();
        List<Double> days = new ArrayList<>();
        for (int day = 1; day * DAY <= endSeconds(); day++) {
            double gained = progress.value(day * DAY).orElse(0)
                    - progress.value((day - 1) * DAY).orElse(0);
            days.add(gained * stepSeconds / DAY);
        }
        return days;
    }

    /** From a little before the first incident until all that it destroyed is done again. */
    private Optional<Window> firstIncident() {
        if (life.incidents().isEmpty()) {
            return Optional.empty();
        }
        long start = life.incidents().get(0).startNanos();
        long recovered = start + life.incidents().get(0).stallNanos();
        for (Stretch stretch : life.stretches()) {
            if (stretch.again() && stretch.startNanos() == recovered) {
                recovered = stretch.endNanos();
            }
        }
        double from = SimTime.seconds(start);
        double length = SimTime.seconds(recovered) - from;
        return length > 0
                ? Optional.of(new Window(Math.max(0, from - 0.15 * length), from + 1.25 * length))
                : Optional.empty();
    }
}
