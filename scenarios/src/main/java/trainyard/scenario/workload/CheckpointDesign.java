package trainyard.scenario.workload;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.analytic.AsyncTrainingTime;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.checkpoint.AdaptiveInterval;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.Corruption;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.checkpoint.Verification;
import trainyard.faults.layout.JobLayout;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.SavedStates;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CheckpointSection;
import trainyard.scenario.section.CheckpointSection.Rule;
import trainyard.scenario.section.CheckpointSection.Unrecoverable;
import trainyard.scenario.section.SaveFields;
import trainyard.scenario.section.SaveFields.Content;
import trainyard.scenario.section.TierSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;

/** Turns the section {@code life.checkpoint} into a plan of snapshots. */
final class CheckpointDesign {

    /** A snapshot that stalls nothing has no best interval, so it is taken to stall this long. */
    private static final double SHORTEST_STALL_SECONDS = 1e-3;

    private static final double DAY = 86_400;

    private final Values section;
    private final List<CheckpointTier> tiers;
    private final LifeCluster cluster;
    private final double stepSeconds;
    private final double horizonSeconds;

    /**
     * @param section {@code life.checkpoint}
     * @param layout how the job lies on its nodes
     * @param exposed share of a step that exchanges between nodes take which nothing hides
     */
    CheckpointDesign(
            TrainingJob job,
            Values section,
            JobLayout layout,
            LifeCluster cluster,
            double stepSeconds,
            double horizonSeconds,
            double exposed) {
        this.section = section;
        this.cluster = cluster;
        this.stepSeconds = stepSeconds;
        this.horizonSeconds = horizonSeconds;
        SavedStates states = states(job, section);
        boolean sharded = job.plan().zeroStage() > 0;
        Optional<List<Values>> stated = section.find(CheckpointSection.TIERS);
        tiers = stated.isEmpty()
                ? List.of(new CheckpointTier(
                        section, Optional.empty(), states, job.cluster().node(), layout, sharded, exposed))
                : stated.get().stream()
                        .map(tier -> new CheckpointTier(
                                tier,
                                Optional.of(tier.get(TierSection.KIND)),
                                states,
                                job.cluster().node(),
                                layout,
                                sharded,
                                exposed))
                        .toList();
        if (tiers.isEmpty()) {
            throw problem(CheckpointSection.TIERS, "no tier is stated", "leave tiers out, or write one");
        }
        if (first().mode() == TierSection.Mode.UPLOAD) {
            Values tier = first().values();
            throw new ScenarioException(Problem.at(
                    tier.position(TierSection.MODE),
                    Problem.Kind.VALUE,
                    "an upload copies the tier before it, and this is the first",
                    "write mode: sync or async, or a tier before it"));
        }
        boolean early = section.find(CheckpointSection.TIME_LIMIT)
                .filter(limit ->
                        section.isWritten(CheckpointSection.NOTICE) && section.get(CheckpointSection.NOTICE) > limit)
                .isPresent();
        if (early) {
            throw problem(CheckpointSection.NOTICE, "the notice is longer than time-limit", "make it shorter");
        }
        if (stated.isPresent() && section.find(CheckpointSection.INTERVAL_STEPS).isPresent()) {
            throw problem(
                    CheckpointSection.INTERVAL_STEPS,
                    "tiers have intervals of their own",
                    "write interval in each tier");
        }
    }

    private ScenarioException problem(Field<?> field, String what, String fix) {
        return new ScenarioException(Problem.at(section.position(field), Problem.Kind.PLAN, what, fix));
    }

    private static SavedStates states(TrainingJob job, Values section) {
        SavedStates states = SavedStates.of(job, section.get(CheckpointSection.SHARED_WRITING));
        return section.get(CheckpointSection.BYTES_PER_PARAMETER)
                .map(bytes -> states.times(bytes * job.model().parameters() / states.totalBytes()))
                .orElse(states);
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
        double base = intervalSeconds(0);
        long every = 1;
        for (int i = 0; i < tiers.size(); i++) {
            double wanted = i == 0 ? base : intervalSeconds(i);
            long times = Math.max(1, Math.round(wanted / base / every));
            every *= tiers.get(i).uploadEvery(base * every).stream()
                    .mapToLong(skipped -> Math.max(skipped, times))
                    .findFirst()
                    .orElse(times);
            levels.add(tiers.get(i).level((int) Math.min(every, 50_000)));
        }
        try {
            CheckpointPlan plan =
                    new CheckpointPlan(steps(base), levels, verification(), Optional.empty(), corruption(), onSignal());
            return section.get(CheckpointSection.RULE) == Rule.ADAPTIVE && isIntervalOpen()
                    ? plan.with(new AdaptiveInterval(
                            section.get(CheckpointSection.EXPECTED_MTBF),
                            Math.toIntExact(section.get(CheckpointSection.REMEMBERED))))
                    : plan;
        } catch (IllegalArgumentException impossible) {
            throw new ScenarioException(Problem.at(
                    section.position(), Problem.Kind.PLAN, impossible.getMessage(), "change intervals or full-every"));
        }
    }

    /** Whether the interval of the first tier is chosen by a rule. */
    boolean isIntervalOpen() {
        return section.find(CheckpointSection.INTERVAL_STEPS).isEmpty()
                && tiers.get(0).values().get(SaveFields.INTERVAL).isEmpty();
    }

    private Optional<Verification> verification() {
        return section.find(CheckpointSection.VERIFY_EVERY)
                .map(every -> new Verification(
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

    private long steps(double seconds) {
        Optional<Long> stated = section.find(CheckpointSection.INTERVAL_STEPS);
        if (stated.isPresent() && section.get(SaveFields.INTERVAL).isPresent()) {
            throw problem(
                    CheckpointSection.INTERVAL_STEPS,
                    "the interval is stated in steps and as a time",
                    "leave one of them out");
        }
        long interval = stated.orElseGet(() -> Math.max(1, Math.round(seconds / stepSeconds)));
        // No snapshot is taken within the horizon either way.
        return Math.min(interval, (long) (horizonSeconds / stepSeconds) + 1);
    }

    private double intervalSeconds(int tier) {
        CheckpointTier of = tiers.get(tier);
        return of.values().get(SaveFields.INTERVAL).orElseGet(() -> Math.max(bestInterval(tier), withoutWaiting(of)));
    }

    /** The shortest interval at which no snapshot waits for a save that is under way; below it more snapshots only wait more. */
    private double withoutWaiting(CheckpointTier tier) {
        return Math.ceil(tier.writingTurnSeconds() / stepSeconds) * stepSeconds;
    }

    /** For the faults that no tier before it survives; Young's form where there are several tiers. */
    double bestInterval(int tier) {
        double stall = Math.max(snapshotSeconds(tier), SHORTEST_STALL_SECONDS);
        double mtbf = Math.min(mtbfSeconds(tier), 2 * horizonSeconds);
        if (tiers.size() > 1) {
            return CheckpointInterval.youngSeconds(stall, mtbf);
        }
        return switch (section.get(CheckpointSection.RULE)) {
            case YOUNG -> CheckpointInterval.youngSeconds(stall, mtbf);
            case DALY ->
                CheckpointInterval.dalyFirstOrderSeconds(
                        stall, mtbf, tiers.get(0).restoreSeconds());
            case OPTIMUM, ADAPTIVE -> CheckpointInterval.exactSeconds(stall, mtbf);
        };
    }

    /** What a snapshot costs the job, checks and slower steps included. */
    double snapshotSeconds(int tier) {
        double check = verification()
                .map(own -> SimTime.seconds(own.nanos()) / own.every())
                .orElse(0.0);
        CheckpointTier of = tiers.get(tier);
        return of.stallSeconds() + of.slowdown() * of.persistSeconds() + (tier == 0 ? check : 0);
    }

    /** Mean time between faults that this tier survives and none before it. */
    private double mtbfSeconds(int tier) {
        if (tiers.size() == 1) {
            return 1 / cluster.faults().stopsPerSecond(cluster.ofJob());
        }
        double rate = 0;
        for (FaultCause cause : cluster.faults().causes()) {
            if (cause.stopsJob() && survivor(cause) == tier) {
                rate += cluster.faults().ratePerSecond(cause, cluster.ofJob());
            }
        }
        return 1 / (rate + recordedRate(tier));
    }

    /** Recorded outages take a node each, so one tier survives all of them. */
    private double recordedRate(int tier) {
        return cluster.faults()
                .replay()
                .filter(recorded -> survivor(recorded.causes().get(0)) == tier)
                .map(recorded -> recorded.stopsPerSecond(cluster.ofJob()))
                .orElse(0.0);
    }

    private int survivor(FaultCause cause) {
        for (int i = 0; i < tiers.size(); i++) {
            CheckpointLevel level = tiers.get(i).level(1);
            boolean left = level.outlasts(cause.damage())
                    || level.keeping().placement().isOnNodes()
                            && level.keeping().placement().survives(places(cause));
            if (left) {
                return i;
            }
        }
        return tiers.size() - 1;
    }

    private BitSet places(FaultCause cause) {
        ClusterShape shape = cluster.ofJob();
        BitSet places = new BitSet();
        places.set(cause.scope().firstNode(0, shape), cause.scope().endNode(0, shape));
        return places;
    }

    /** Seconds between two snapshots of the first tier. */
    double intervalSeconds() {
        return plan().intervalSteps() * stepSeconds;
    }

    /** What is the same in every replication. */
    Map<Metric, Double> metrics() {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        CheckpointTier first = tiers.get(0);
        CheckpointPlan plan = plan();
        double work = plan.intervalSteps() * stepSeconds;
        double mtbf = mtbfSeconds();
        double stall = stallSeconds();
        metrics.put(LifeMetrics.INTERVAL, work);
        if (Double.isFinite(mtbf)) {
            metrics.put(LifeMetrics.INTERVAL_YOUNG, CheckpointInterval.youngSeconds(stall, mtbf));
            metrics.put(
                    LifeMetrics.INTERVAL_DALY,
                    CheckpointInterval.dalyFirstOrderSeconds(stall, mtbf, first.restoreSeconds()));
            metrics.put(LifeMetrics.INTERVAL_OPTIMUM, CheckpointInterval.exactSeconds(stall, mtbf));
        }
        metrics.put(CheckpointMetrics.BYTES, first.states().totalBytes());
        metrics.put(CheckpointMetrics.BYTES_PER_GPU, first.states().busiestGpuBytes());
        metrics.put(CheckpointMetrics.STALL, snapshotSeconds(0));
        metrics.put(CheckpointMetrics.WRITE, last().writeSeconds());
        metrics.put(CheckpointMetrics.RESTORE, last().restoreSeconds());
        double written = 0;
        for (int i = 0; i < tiers.size(); i++) {
            written += tiers.get(i).meanWrittenBytes() / plan.levels().get(i).every();
        }
        metrics.put(CheckpointMetrics.WRITTEN_PER_DAY, written * DAY / (work + snapshotSeconds(0)));
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

    /** What a snapshot costs in the forms of the best interval. */
    double stallSeconds() {
        return Math.max(snapshotSeconds(0), SHORTEST_STALL_SECONDS);
    }

    /** Mean time between faults of the job; infinite where there are none. */
    double mtbfSeconds() {
        return 1 / cluster.faults().stopsPerSecond(cluster.ofJob());
    }

    double firstRestoreSeconds() {
        return first().restoreSeconds();
    }

    double withoutWaiting() {
        return withoutWaiting(first());
    }

    /** The interval that the scenario states. */
    double statedSeconds() {
        return first().values()
                .get(SaveFields.INTERVAL)
                .orElseGet(() -> section.find(CheckpointSection.INTERVAL_STEPS)
                        .map(steps -> steps * stepSeconds)
                        .orElse(0.0));
    }

    /** The rule that chooses the interval, as a scenario writes it. */
    String rule() {
        return tiers.size() > 1
                ? "young"
                : section.text(CheckpointSection.RULE.key()).orElse("");
    }

    String ruleFormula() {
        return switch (rule()) {
            case "young" -> "sqrt(2 C M)";
            case "daly" -> "sqrt(2 C (M + R)) - C";
            case "adaptive" -> "M (1 + W0(-e^(-C/M - 1))) at first, then by the faults seen";
            default -> "M (1 + W0(-e^(-C/M - 1)))";
        };
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
                        snapshotSeconds(0) + wait,
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
