package trainyard.scenario.section.scheduler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scheduler.catalog.PlacementKind;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.PreemptionRules;
import trainyard.scheduler.quota.PreemptionRules.Reclaim;
import trainyard.scheduler.quota.PreemptionRules.Within;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.sim.units.Dimension;

/** A team of {@code scheduler.teams}: what it may use. */
public final class TeamSection {

    private static final int MAX = 100_000_000;

    public static final Field<Double> WEIGHT = Field.of(
                    "weight", new NumberType(1e-6, 1e6), "Its weight in fair policies.")
            .orElse("1")
            .only(SchedulerSection.under(
                            PolicyKind.FAIR_SHARE,
                            PolicyKind.MAX_MIN,
                            PolicyKind.DRF,
                            PolicyKind.OFFERS,
                            PolicyKind.SHARES)
                    .or(new Use(
                            "`scheduler.fair-sharing`",
                            List.of(),
                            (own, all) -> all.find(SchedulerSection.SCHEDULER)
                                    .filter(scheduler -> scheduler.get(SchedulerSection.FAIR_SHARING))
                                    .isPresent())));
    public static final Field<Long> QUOTA = Field.of(
                    "quota", IntegerType.of("GPUs", 0, MAX), "GPUs that are its own. Left out: it may use all.")
            .only(new Use(
                    "`scheduler.policy: kueue`",
                    List.of(),
                    (own, all) -> all.find(SchedulerSection.SCHEDULER)
                            .filter(scheduler -> scheduler.get(SchedulerSection.POLICY) == PolicyKind.KUEUE)
                            .isPresent()));
    public static final Field<Double> QUOTA_CPUS = Field.of(
                    "quota-cpus",
                    new NumberType(0, MAX),
                    "Processors that are its own; jobs say with `cpus-per-gpu` how many they use. Left out: it may use all.")
            .only(Use.beside(QUOTA));
    public static final Field<Double> QUOTA_MEMORY = Field.of(
                    "quota-memory",
                    QuantityType.of(Dimension.DATA),
                    "Host memory that is its own; jobs say with `memory-per-gpu` how much they use. Left out: it may use all.")
            .only(Use.beside(QUOTA));
    public static final Field<String> COHORT = Field.of(
                    "cohort",
                    TextType.ANY,
                    "Teams of one cohort lend each other what they do not use. Left out: the quota is hard.")
            .only(Use.beside(QUOTA));
    public static final Field<Optional<Long>> BORROW = Field.of(
                    "borrow",
                    new AutoType<>(IntegerType.of("GPUs", 0, MAX)),
                    "Most GPUs that it uses beyond its quota. `auto`: what the cohort has.")
            .orElse("auto")
            .only(Use.beside(COHORT));
    public static final Field<Optional<Long>> LEND = Field.of(
                    "lend",
                    new AutoType<>(IntegerType.of("GPUs", 0, MAX)),
                    "Most GPUs of its quota that others of the cohort may use. `auto`: all.")
            .orElse("auto")
            .only(Use.beside(COHORT));
    public static final Field<Within> WITHIN = Field.of(
                    "preempt-within",
                    ChoiceType.of("rule", Within.class),
                    "Which jobs of its own its jobs may stop, as `withinClusterQueue` of Kueue.")
            .orElse("never")
            .only(Use.beside(QUOTA));
    public static final Field<Reclaim> RECLAIM = Field.of(
                    "reclaim",
                    ChoiceType.of("rule", Reclaim.class),
                    "Which jobs of teams that borrow its jobs may stop to get its quota back, as `reclaimWithinCohort` of Kueue.")
            .orElse("never")
            .only(Use.beside(COHORT));

    public static final Field<Map<String, Setting<Long>>> CELLS = Field.of(
                    "cells",
                    new MapType<>(IntegerType.of("cells", 0, MAX), "cells by their name"),
                    "Cells that are guaranteed to it, such as `{node: 2, 4-gpus: 1}`: `gpu`, `2-gpus` and so on, `node`, `island`, `rack`."
                            + " Its jobs run in them as in a cluster of its own, those of a `priority` below 0 anywhere and only"
                            + " until a guaranteed one needs their GPUs. Where a team has cells, jobs of teams without any are"
                            + " such jobs, too. Left out: none.")
            .only(new Use(
                    "`scheduler.policy: priority` and `scheduler.placement: buddy`",
                    List.of(),
                    (own, all) -> all.find(SchedulerSection.SCHEDULER)
                            .filter(scheduler -> scheduler.get(SchedulerSection.POLICY) == PolicyKind.PRIORITY
                                    && scheduler.get(SchedulerSection.PLACEMENT) == PlacementKind.BUDDY)
                            .isPresent()));

    public static final Section SECTION = Section.of(
            "scheduler.teams",
            "What a team may use.",
            WEIGHT,
            QUOTA,
            QUOTA_CPUS,
            QUOTA_MEMORY,
            COHORT,
            BORROW,
            LEND,
            WITHIN,
            RECLAIM,
            CELLS);

    private TeamSection() {}

    /** The quota of a team, if it has one. */
    static Optional<QuotaSpec> quota(String team, Values values) {
        return values.find(QUOTA)
                .map(gpus -> new QuotaSpec(
                        team,
                        values.find(COHORT).orElse(""),
                        false,
                        amounts(gpus, values),
                        limit(values.get(BORROW)),
                        limit(values.get(LEND)),
                        values.get(WEIGHT),
                        new PreemptionRules(values.get(WITHIN), values.get(RECLAIM), PreemptionRules.NO_BORROWING)));
    }

    private static Amounts amounts(long gpus, Values values) {
        return Amounts.of(
                gpus,
                values.find(QUOTA_CPUS).map(cpus -> Math.round(1000 * cpus)).orElse(Amounts.UNLIMITED),
                values.find(QUOTA_MEMORY).map(Math::round).orElse(Amounts.UNLIMITED));
    }

    private static Amounts limit(Optional<Long> gpus) {
        return gpus.map(Amounts::ofGpus).orElse(Amounts.ALL);
    }
}
