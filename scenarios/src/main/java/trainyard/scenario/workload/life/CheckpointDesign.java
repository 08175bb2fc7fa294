package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.analytic.AsyncTrainingTime;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.checkpoint.AdaptiveInterval;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.Corruption;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.layout.JobLayout;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.checkpoint.CheckpointSection;
import trainyard.scenario.section.checkpoint.CheckpointSection.Rule;
import trainyard.scenario.section.checkpoint.CheckpointSection.Unrecoverable;
import trainyard.scenario.section.checkpoint.SaveFields;
import trainyard.scenario.section.checkpoint.SaveFields.Content;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;

/** Turns the section {@code life.checkpoint} into a plan of snapshots. */
final class CheckpointDesign {

    private static final double DAY = 86_400;

    private final Values section;
    private final List<CheckpointTier> tiers;
    private final IntervalChoice intervals;
    private final double stepSeconds;

    /**
     * @param section {@code life.checkpoint}
     * @param layout how the job lies on its nodes
     * @param nodesGivenBack whether the job gives its nodes back after each fault
     * @param exposed share of a step that exchanges between nodes take which nothing hides
     */
    CheckpointDesign(
            TrainingJob job,
            Values section,
            JobLayout layout,
            LifeCluster cluster,
            boolean nodesGivenBack,
            double stepSeconds,
            double horizonSeconds,
            double exposed) {
        this.section = section;
        this.stepSeconds = stepSeconds;
        tiers = StatedTiers.of(job, section, layout, exposed);
        refuseContradictions();
        double checkSeconds = verification()
                .map(own -> SimTime.seconds(own.nanos()) / own.every())
                .orElse(0.0);
        intervals =
                new IntervalChoice(section, tiers, cluster, nodesGivenBack, stepSeconds, horizonSeconds, checkSeconds);
    }

    private void refuseContradictions() {
        boolean early = section.find(CheckpointSection.TIME_LIMIT)
                .filter(limit ->
                        section.isWritten(CheckpointSection.NOTICE) && section.get(CheckpointSection.NOTICE) > limit)
                .isPresent();
        if (early) {
            throw problem(CheckpointSection.NOTICE, "the notice is longer than time-limit", "make it shorter");
        }
        boolean tiered = section.find(CheckpointSection.TIERS).isPresent();
        if (tiered && section.find(CheckpointSection.INTERVAL_STEPS).isPresent()) {
            throw problem(
                    CheckpointSection.INTERVAL_STEPS,
                    "tiers have intervals of their own",
                    "write interval in each tier");
        }
    }

    private ScenarioException problem(Field<?> field, String what, String fix) {
        return new ScenarioException(Problem.at(section.position(field), Problem.Kind.PLAN, what, fix));
    }

    /** The longest time that one snapshot takes to write or to load. */
    double longestSeconds() {
        return tiers.stream()
                .mapToDouble(tier -> Math.max(
                        tier.stallSeconds() + tier.persistSeconds() + tier.lagSeconds(), tier.restoreSeconds()))
                .max()
                .orElseThrow();
    }

    /** What is fixed of the snapshots. */
    CheckpointPlan plan() {
        List<CheckpointLevel> levels = new ArrayList<>();
        double base = intervals.seconds(0);
        long every = 1;
        for (int i = 0; i < tiers.size(); i++) {
            double wanted = i == 0 ? base : intervals.seconds(i);
            long times = Math.max(1, Math.round(wanted / base / every));
            every *= tiers.get(i).uploadEvery(base * every).stream()
                    .mapToLong(skipped -> Math.max(skipped, times))
                    .findFirst()
                    .orElse(times);
            levels.add(tiers.get(i).level((int) Math.min(every, 50_000)));
        }
        try {
            CheckpointPlan plan = new CheckpointPlan(
                    intervals.steps(base), levels, verification(), Optional.empty(), corruption(), onSignal());
            return section.get(CheckpointSection.RULE) == Rule.ADAPTIVE && intervals.isOpen()
                    ? plan.with(new AdaptiveInterval(
                            section.get(CheckpointSection.EXPECTED_MTBF),
                            Math.toIntExact(section.get(CheckpointSection.REMEMBERED))))
                    : plan;
        } catch (IllegalArgumentException impossible) {
            throw new ScenarioException(Problem.at(
                    section.position(), Problem.Kind.PLAN, impossible.getMessage(), "change intervals or full-every"));
        }
    }

    private Optional<SnapshotVerification> verification() {
        return section.find(CheckpointSection.VERIFY_EVERY)
                .map(every -> new SnapshotVerification(
                        Math.toIntExact(every),
                        SimTime.nanos(section.get(CheckpointSection.VERIFY_COST)),
                        section.get(CheckpointSection.VERIFY_RECALL)));
    }

    private Corruption corruption() {
        boolean ends = section.get(CheckpointSection.IF_UNRECOVERABLE) == Unrecoverable.END;
        Distribution never = Corruption.UNNOTICED.notice();
        double cv = section.get(CheckpointSection.NOTICED_CV);
        Distribution notice = section.find(CheckpointSection.NOTICED_AFTER)
                .<Distribution>map(mean -> mean == 0 || cv == 0 ? new Fixed(mean) : new LogNormal(mean, cv))
                .orElse(never);
        return new Corruption(notice, ends);
    }

    private Optional<OnSignal> onSignal() {
        double notice = section.get(CheckpointSection.NOTICE);
        return section.find(CheckpointSection.TIME_LIMIT)
                .map(limit -> new OnSignal(
                        SimTime.nanos(limit),
                        SimTime.nanos(Math.min(notice, limit)),
                        section.get(CheckpointSection.ON_SIGNAL) == CheckpointSection.OnSignal.SAVE));
    }

    /** How often snapshots are taken, and why. */
    IntervalChoice intervals() {
        return intervals;
    }

    /** Seconds between two snapshots of the first tier. */
    double intervalSeconds() {
        return plan().intervalSteps() * stepSeconds;
    }

    /** Seconds of training between two snapshots of a tier. */
    double intervalSeconds(int tier) {
        return intervalSeconds() * plan().levels().get(tier).every();
    }

    List<CheckpointTier> tiers() {
        return tiers;
    }

    /** What is the same in every replication. */
    Map<Metric, Double> metrics() {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        CheckpointTier first = tiers.get(0);
        CheckpointPlan plan = plan();
        double work = plan.intervalSteps() * stepSeconds;
        double mtbf = intervals.mtbfSeconds();
        double stall = intervals.stallSeconds();
        metrics.put(LifeMetrics.INTERVAL, work);
        if (Double.isFinite(mtbf)) {
            metrics.put(LifeMetrics.INTERVAL_YOUNG, CheckpointInterval.youngSeconds(stall, mtbf));
            metrics.put(
                    LifeMetrics.INTERVAL_DALY,
                    CheckpointInterval.dalyFirstOrderSeconds(stall, mtbf, first.restoreSeconds()));
            metrics.put(LifeMetrics.INTERVAL_OPTIMUM, CheckpointInterval.exactSeconds(stall, mtbf));
        }
        for (int i = tiers.size() - 1; i >= 0 && tiers.size() > 1; i--) {
            double seconds = intervalSeconds(i);
            tiers.get(i).kind().ifPresent(kind -> metrics.put(CheckpointMetrics.interval(kind), seconds));
        }
        metrics.put(CheckpointMetrics.BYTES, first.states().totalBytes());
        metrics.put(CheckpointMetrics.BYTES_PER_GPU, first.states().busiestGpuBytes());
        metrics.put(CheckpointMetrics.STALL, intervals.snapshotSeconds(0));
        metrics.put(CheckpointMetrics.WRITE, last().writeSeconds());
        metrics.put(CheckpointMetrics.RESTORE, last().restoreSeconds());
        double written = 0;
        for (int i = 0; i < tiers.size(); i++) {
            written += tiers.get(i).meanWrittenBytes() / plan.levels().get(i).every();
        }
        metrics.put(CheckpointMetrics.WRITTEN_PER_DAY, written * DAY / (work + intervals.snapshotSeconds(0)));
        metrics.put(CheckpointMetrics.KEPT_CLOSED_FORM, (double) kept(plan));
        return metrics;
    }

    /** Most snapshots that the last tier keeps at once. */
    private long kept(CheckpointPlan plan) {
        double seconds =
                plan.intervalSteps() * plan.levels().get(tiers.size() - 1).every() * stepSeconds;
        return last().retention().mostKept(SimTime.nanos(seconds));
    }

    /** Time to write a full snapshot on the last tier. */
    double writeSeconds() {
        return last().writeSeconds();
    }

    CheckpointTier first() {
        return tiers.get(0);
    }

    CheckpointTier last() {
        return tiers.get(tiers.size() - 1);
    }

    double firstRestoreSeconds() {
        return first().restoreSeconds();
    }

    /** Price of what each tier stores, by its name, in dollars a byte-second. */
    Map<String, Double> prices() {
        Map<String, Double> prices = new LinkedHashMap<>();
        tiers.forEach(tier -> tier.values().find(SaveFields.PRICE).ifPresent(price -> prices.put(tier.name(), price)));
        return prices;
    }

    /**
     * Useful share of a job with one tier of full snapshots, for exponential faults; empty where there is no exact form.
     *
     * @param restartSeconds start of the job before it loads
     * @param downSeconds time before that, which no fault interrupts
     */
    Optional<Double> usefulShare(double restartSeconds, double downSeconds, double mtbfSeconds) {
        if (!obstacles().isEmpty()) {
            return Optional.empty();
        }
        CheckpointTier tier = first();
        double work = intervalSeconds();
        double wait = Math.max(0, tier.persistSeconds() * (1 - tier.slowdown()) - work);
        return Optional.of(new AsyncTrainingTime(
                        work,
                        intervals.snapshotSeconds(0) + wait,
                        tier.persistSeconds() + tier.lagSeconds(),
                        restartSeconds + tier.restoreSeconds(),
                        downSeconds,
                        mtbfSeconds)
                .usefulShare());
    }

    /** Why there is no exact form of the useful share, as far as the snapshots are the reason. */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        CheckpointTier tier = first();
        note(obstacles, tiers.size() > 1, "there are several tiers");
        note(obstacles, tier.values().get(SaveFields.CONTENT) == Content.INCREMENTAL, "snapshots are incremental");
        note(obstacles, section.get(CheckpointSection.RULE) == Rule.ADAPTIVE, "the interval adapts");
        note(obstacles, onSignal().isPresent(), "the job has a time limit");
        note(obstacles, tier.values().get(SaveFields.UNREADABLE) > 0, "snapshots may be unreadable");
        note(obstacles, tier.values().get(SaveFields.IN_FLIGHT) > 1, "several saves go on at once");
        return obstacles;
    }

    private static void note(List<String> obstacles, boolean is, String what) {
        if (is) {
            obstacles.add(what);
        }
    }
}
