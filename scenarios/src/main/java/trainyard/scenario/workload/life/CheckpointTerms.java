package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.scenario.section.checkpoint.SaveFields;
import trainyard.scenario.section.checkpoint.TierSection.Kind;
import trainyard.scenario.section.checkpoint.TierSection.Mode;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.metric.Metric;
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
            return Optional.of(sum(title(0), "min", MINUTE, interval()));
        }
        for (int i = 0; i < design.tiers().size() && design.tiers().size() > 1; i++) {
            Optional<Kind> kind = design.tiers().get(i).kind();
            if (kind.map(CheckpointMetrics::interval).filter(metric::equals).isPresent()) {
                return Optional.of(sum(title(i), "min", MINUTE, i == 0 ? interval() : laterInterval(i)));
            }
        }
        if (metric.equals(CheckpointMetrics.STALL)) {
            return Optional.of(sum("What a snapshot of the first tier holds the job up", "s", 1, stall()));
        }
        if (metric.equals(CheckpointMetrics.RESTORE)) {
            return Optional.of(sum("Time to load a snapshot of the last tier", "s", 1, restore()));
        }
        return Double.isFinite(intervals.mtbfSeconds()) ? best(metric) : noFault(metric);
    }

    private String title(int tier) {
        String title = "Training time between two snapshots";
        List<CheckpointTier> tiers = design.tiers();
        return tiers.size() == 1
                ? title
                : title + " of tier " + (tier + 1) + " of " + tiers.size() + ", "
                        + tiers.get(tier).name();
    }

    /** A tier is due whenever a whole number of snapshots of the one before it was taken. */
    private List<Derivation.Part> laterInterval(int tier) {
        List<Derivation.Part> parts = new ArrayList<>(chosen(tier));
        double before = parts.stream().mapToDouble(Derivation.Part::value).sum();
        parts.add(new Derivation.Part(
                "to whole intervals of the tier before",
                design.intervalSeconds(tier) - before,
                design.tiers().get(tier).mode() == Mode.UPLOAD
                        ? "at least one, as many as an upload takes"
                        : "at least one of " + duration(design.intervalSeconds(tier - 1))));
        return parts;
    }

    /** What is wanted of a tier: as stated, or by the rule. */
    private List<Derivation.Part> chosen(int tier) {
        CheckpointTier of = design.tiers().get(tier);
        Optional<Double> stated = of.values().get(SaveFields.INTERVAL);
        if (stated.isPresent()) {
            return List.of(part("stated", stated.get(), "of the scenario"));
        }
        List<Derivation.Part> parts = new ArrayList<>();
        double best = intervals.bestSeconds(tier);
        parts.add(part("by the rule " + intervals.rule(), best, intervals.ruleFormula() + ", " + given(tier)));
        double waits = Math.max(0, intervals.withoutWaiting(of) - best);
        if (waits > 0) {
            parts.add(part("until the save before is over", waits, "a snapshot that waits for a save saves nothing"));
        }
        double cut = intervals.openSeconds(tier) - best - waits;
        if (cut < 0) {
            parts.add(part(
                    "no longer than that of a later tier", cut, "a snapshot of a later tier goes to this one, too"));
        }
        return parts;
    }

    private Optional<Derivation> noFault(Metric metric) {
        boolean ofFaults = metric.name().startsWith(LifeMetrics.INTERVAL.name() + ".");
        return ofFaults
                ? Optional.of(new Derivation.Missing("no fault stops the job", "ask for ettr"))
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
            parts.addAll(chosen(0));
            before = parts.stream().mapToDouble(Derivation.Part::value).sum();
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
                // a difference of sums, of which rounding alone may be left
                Math.max(
                        0,
                        intervals.snapshotSeconds(0) - tier.stallSeconds() - tier.slowdown() * tier.persistSeconds()),
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

    /** The same of one of several tiers, for the faults that none before it survives. */
    private String given(int tier) {
        if (design.tiers().size() == 1) {
            return given();
        }
        return "C = " + duration(intervals.snapshotSeconds(tier)) + ", M = "
                + duration(intervals.countedMtbfSeconds(tier))
                + (tier == 0
                        ? " of the faults that it survives"
                        : " of the faults that it survives and no tier before it");
    }

    private static String duration(double seconds) {
        return Double.isFinite(seconds) ? Units.format(seconds, Dimension.DURATION) : "none";
    }
}
