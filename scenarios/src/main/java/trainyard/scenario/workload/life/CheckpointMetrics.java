package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.faults.checkpoint.StoredBytes;
import trainyard.faults.life.work.SilentErrors;
import trainyard.faults.life.work.SnapshotEvents;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.section.checkpoint.TierSection.Kind;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.units.Dimension;

/** The metrics of the snapshots of a long job. */
public final class CheckpointMetrics {

    private static final double HOUR = 3600;
    private static final double MINUTE = 60;
    private static final double TERABYTE = 1e12;

    public static final Metric RPO = duration(
            "rpo",
            "min",
            MINUTE,
            Better.LOWER,
            "Most finished work that one outage of the life cost (recovery point).");
    public static final Metric RTO = duration(
            "rto",
            "min",
            MINUTE,
            Better.LOWER,
            "Longest outage of the life, from the fault until the job ran again (recovery time).");
    public static final Metric BYTES = new Metric(
            "checkpoint-bytes",
            Dimension.DATA,
            "TB",
            TERABYTE,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Size of a full snapshot: weights and the optimizer's state.");
    public static final Metric BYTES_PER_GPU = new Metric(
            "checkpoint-bytes-per-gpu",
            Dimension.DATA,
            "GB",
            1e9,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "What the GPU that writes most writes of a full snapshot; ZeRO decides who writes what.");
    public static final Metric STALL = duration(
            "checkpoint-stall",
            "s",
            1,
            Better.LOWER,
            "What a snapshot of the first tier holds the job up: stall, its share of a check, slower steps.");
    public static final Metric WRITE =
            duration("checkpoint-write", "s", 1, Better.LOWER, "Time to write a full snapshot on the last tier.");
    public static final Metric RESTORE = duration(
            "restore-time",
            "s",
            1,
            Better.LOWER,
            "Time to load a snapshot of the last tier; of a chain, with half of its links.");
    public static final Metric WRITTEN_PER_DAY = new Metric(
            "written-per-day",
            Dimension.DATA,
            "TB",
            TERABYTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "What snapshots write in a day of training without faults, all tiers together.");
    public static final Metric STORED_PEAK = new Metric(
            "stored-peak",
            Dimension.DATA,
            "TB",
            TERABYTE,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Most bytes of snapshots stored at once, all tiers together.");
    public static final Metric KEPT = new Metric(
            "kept-peak",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Most snapshots on the last tier at once.");
    public static final Metric KEPT_CLOSED_FORM = new Metric(
            "kept-peak.closed-form",
            Dimension.NUMBER,
            "",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "The same by counting the rungs of its ladder, less what a finer rung keeps anyway.");
    public static final Metric REACH = duration(
            "rollback-reach",
            "h",
            HOUR,
            Better.HIGHER,
            "Greatest age of a snapshot of the last tier that was still kept: so far back a rollback could go.");
    public static final Metric STORAGE_COST = new Metric(
            "storage-cost",
            Dimension.MONEY,
            "USD",
            1,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Price of the stored bytes over their time; needs a `price` of a tier." + LifeMetrics.CENSORED);
    public static final Metric ERRORS =
            number("silent-errors", Better.LOWER, "Silent errors that struck the running job.");
    public static final Metric FOUND = number("silent-found", Better.HIGHER, "Silent errors that were found.");
    public static final Metric UNRECOVERABLE = number(
            "unrecoverable",
            Better.LOWER,
            "Silent errors that were found when every snapshot from before them was gone.");
    public static final Metric WRONG_AT_END = new Metric(
            "wrong-at-end",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.SHARE,
            Better.LOWER,
            "Whether the state at the end is wrong and nobody knows; over replications, how often.");
    public static final Metric ROLLBACK = duration(
            "rollback-depth", "h", HOUR, Better.LOWER, "Most work that one rollback behind a silent error cost.");
    public static final Metric SIGNALS_SAVED = new Metric(
            "signals-saved",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.SHARE,
            Better.HIGHER,
            "Signals before a time limit, and notices of faults, on which a snapshot was written in time.");

    private static final Map<Kind, Metric> INTERVALS = intervals();

    private CheckpointMetrics() {}

    private static Map<Kind, Metric> intervals() {
        Map<Kind, Metric> intervals = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            String name = ChoiceType.word(kind);
            intervals.put(
                    kind,
                    duration(
                            "checkpoint-interval." + name,
                            "min",
                            MINUTE,
                            Better.NEITHER,
                            "Training time between two snapshots of the tier `" + name
                                    + "`, where there are several tiers."));
        }
        return intervals;
    }

    /** The interval of a tier where there are several; of two of a kind, that of the first. */
    static Metric interval(Kind kind) {
        return INTERVALS.get(kind);
    }

    private static Metric duration(String name, String unit, double size, Better better, String doc) {
        return new Metric(name, Dimension.DURATION, unit, size, Bounds.NOT_NEGATIVE, better, doc);
    }

    private static Metric number(String name, Better better, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, better, doc);
    }

    /** All of them, in the order in which they are shown. */
    static List<Metric> all() {
        List<Metric> all = new ArrayList<>(INTERVALS.values());
        all.addAll(List.of(
                RPO,
                RTO,
                BYTES,
                BYTES_PER_GPU,
                STALL,
                WRITE,
                RESTORE,
                WRITTEN_PER_DAY,
                STORED_PEAK,
                KEPT,
                KEPT_CLOSED_FORM,
                REACH,
                STORAGE_COST,
                ERRORS,
                FOUND,
                UNRECOVERABLE,
                WRONG_AT_END,
                ROLLBACK,
                SIGNALS_SAVED));
        return List.copyOf(all);
    }

    /**
     * What became of the snapshots of a life.
     *
     * @param prices dollars a byte-second by tier
     * @param finished whether the job got to its end, if it has one
     */
    static Map<Metric, Double> of(
            SnapshotEvents events, double stepSeconds, Map<String, Double> prices, boolean finished) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(RPO, events.outages().mostWorkSeconds());
        values.put(RTO, events.outages().longestSeconds());
        double peak = 0;
        double cost = 0;
        for (Map.Entry<String, StoredBytes> tier : events.stored().entrySet()) {
            StoredBytes stored = tier.getValue();
            peak += stored.peakBytes();
            cost += stored.byteSeconds() * prices.getOrDefault(tier.getKey(), 0.0);
        }
        List<StoredBytes> tiers = List.copyOf(events.stored().values());
        if (!tiers.isEmpty()) {
            StoredBytes last = tiers.get(tiers.size() - 1);
            values.put(KEPT, (double) last.peakCount());
            values.put(REACH, last.reachNanos() / 1e9);
        }
        values.put(STORED_PEAK, peak);
        if (!prices.isEmpty()) {
            values.put(STORAGE_COST, LifeMetrics.total(cost, finished));
        }
        SilentErrors silent = events.silent();
        values.put(ERRORS, (double) silent.struck());
        values.put(FOUND, (double) silent.found());
        values.put(UNRECOVERABLE, (double) silent.unrecoverable());
        values.put(WRONG_AT_END, silent.isWrongAtEnd() ? 1.0 : 0.0);
        values.put(ROLLBACK, silent.deepestSteps() * stepSeconds);
        if (events.signals() > 0) {
            values.put(SIGNALS_SAVED, (double) events.signalsSaved() / events.signals());
        }
        return values;
    }
}
