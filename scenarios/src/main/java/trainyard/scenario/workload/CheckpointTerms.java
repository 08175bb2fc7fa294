package trainyard.scenario.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** What the interval between snapshots and their times consist of. */
final class CheckpointTerms {

    private static final double MINUTE = 60;

    private final CheckpointDesign design;
    private final IntervalChoice intervals;

    CheckpointTerms(CheckpointDesign design) {
        this.design = design;
        intervals = design.intervals();
    }

    Optional<Derivation> of(Metric metric) {
        if (metric.equals(LifeMetrics.INTERVAL)) {
            return Optional.of(sum("Training time between two snapshots", "min", MINUTE, interval()));
        }
        if (metric.equals(CheckpointMetrics.STALL)) {
            return Optional.of(sum("What a snapshot of the first tier holds the job up", "s", 1, stall()));
        }
        if (metric.equals(CheckpointMetrics.RESTORE)) {
            return Optional.of(sum("Time to load a snapshot of the last tier", "s", 1, restore()));
        }
        return Double.isFinite(intervals.mtbfSeconds()) ? best(metric) : noFault(metric);
    }

    private Optional<Derivation> noFault(Metric metric) {
        boolean ofFaults = metric.name().startsWith(LifeMetrics.INTERVAL.name() + ".");
        return ofFaults
                ? Optional.of(new Derivation.None("has no value: no fault stops the job", "ask for ettr"))
                : Optional.empty();
    }

    private Optional<Derivation> best(Metric metric) {
        double stall = intervals.stallSeconds();
        double mtbf = intervals.mtbfSeconds();
        double restore = design.firstRestoreSeconds();
        if (metric.equals(LifeMetrics.INTERVAL_YOUNG)) {
            double young = CheckpointInterval.youngSeconds(stall, mtbf);
            return Optional.of(
                    sum("Young's interval", "min", MINUTE, List.of(part("root", young, "sqrt(2 C M), " + given()))));
        }
        if (metric.equals(LifeMetrics.INTERVAL_DALY)) {
            double daly = CheckpointInterval.dalyFirstOrderSeconds(stall, mtbf, restore);
            String given = "sqrt(2 C (M + R)), " + given() + ", R = " + duration(restore);
            return Optional.of(sum(
                    "Daly's interval",
                    "min",
                    MINUTE,
                    List.of(part("root", daly + stall, given), part("the snapshot", -stall, "-C"))));
        }
        if (metric.equals(LifeMetrics.INTERVAL_OPTIMUM)) {
            double exact = CheckpointInterval.exactSeconds(stall, mtbf);
            return Optional.of(sum(
                    "The interval that minimises the time",
                    "min",
                    MINUTE,
                    List.of(
                            part("mean time between faults", mtbf, "M"),
                            part("Lambert's W", exact - mtbf, "M W0(-e^(-C/M - 1)), " + given()))));
        }
        return Optional.empty();
    }

    private List<Derivation.Part> interval() {
        double chosen = design.intervalSeconds();
        List<Derivation.Part> parts = new ArrayList<>();
        double before;
        if (intervals.isOpen()) {
            before = intervals.bestSeconds(0);
            parts.add(new Derivation.Part(
                    "by the rule " + intervals.rule(), before, intervals.ruleFormula() + ", " + given()));
            double waits = Math.max(0, intervals.withoutWaiting() - before);
            if (waits > 0) {
                parts.add(new Derivation.Part(
                        "until the save before is over", waits, "a snapshot that waits for a save saves nothing"));
            }
            before += waits;
        } else {
            before = intervals.statedSeconds();
            parts.add(new Derivation.Part("stated", before, "of the scenario"));
        }
        parts.add(new Derivation.Part(
                "to whole steps", chosen - before, "at least one step, no longer than the horizon"));
        return parts;
    }

    private List<Derivation.Part> stall() {
        CheckpointTier tier = design.first();
        List<Derivation.Part> parts = new ArrayList<>();
        double encode = tier.encodeSeconds();
        parts.add(new Derivation.Part(
                "standing still for the save",
                tier.stallSeconds() - encode,
                switch (tier.mode()) {
                    case SYNC -> "the whole write";
                    case ASYNC -> "the copy to host memory";
                    case UPLOAD -> "an upload holds nothing up";
                }));
        parts.add(new Derivation.Part("making it smaller", encode, "encode"));
        parts.add(new Derivation.Part(
                "slower steps meanwhile",
                tier.slowdown() * tier.persistSeconds(),
                "share of the speed that a save takes x time to write"));
        parts.add(new Derivation.Part(
                "checks",
                intervals.snapshotSeconds(0) - tier.stallSeconds() - tier.slowdown() * tier.persistSeconds(),
                "verify-cost / verify-every"));
        return parts;
    }

    private List<Derivation.Part> restore() {
        CheckpointTier tier = design.last();
        double full = tier.fullRestoreSeconds();
        return List.of(
                new Derivation.Part("full snapshot", full, "its size / bandwidth, or as stated"),
                new Derivation.Part(
                        "links of the chain", tier.restoreSeconds() - full, "half of them, (full-every - 1) / 2"));
    }

    private static Derivation.Part part(String name, double seconds, String formula) {
        return new Derivation.Part(name, seconds, formula);
    }

    /** Parts in seconds as a sum in another unit. */
    private static Derivation sum(String title, String unit, double size, List<Derivation.Part> seconds) {
        return new Derivation.Sum(
                "",
                title,
                unit,
                seconds.stream()
                        .map(part -> new Derivation.Part(part.name(), part.value() / size, part.formula()))
                        .toList());
    }

    /** What a snapshot costs and the mean time between faults. */
    private String given() {
        return "C = " + duration(intervals.stallSeconds()) + ", M = " + duration(intervals.mtbfSeconds());
    }

    private static String duration(double seconds) {
        return Double.isFinite(seconds) ? Units.format(seconds, Dimension.DURATION) : "none";
    }
}
