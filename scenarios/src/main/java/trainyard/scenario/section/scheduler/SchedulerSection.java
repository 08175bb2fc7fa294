package trainyard.scenario.section.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Preset;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PlacementKind;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.interleave.GroupRules;
import trainyard.scheduler.policy.share.ShareKind;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.run.ControlPlane;
import trainyard.scheduler.run.Defragmentation;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code scheduler}: who runs when and where. */
public final class SchedulerSection {

    public static final Field<Preset> PRESET = Field.of(
            Preset.KEY,
            ChoiceType.preset("scheduler", SchedulerPresets.all()),
            "Keys that are set as a scheduler has them by default, with the source of each; those written here count instead. "
                    + presets());

    public static final Field<PolicyKind> POLICY = Field.of(
                    "policy",
                    new ChoiceType<>("policy", Problem.Kind.VALUE, policies(), presetsInstead()),
                    "Who runs when. " + sentences())
            .orElse("fifo");
    public static final Field<PlacementKind> PLACEMENT = Field.of(
                    "placement",
                    new ChoiceType<>("placement", Problem.Kind.VALUE, placements()),
                    "Where a job runs. " + placementSentences() + " Jobs that share GPUs need one of: "
                            + PlacementKind.sharing() + ".")
            .orElse("best-fit")
            .only(GoodputFields.OTHER_POLICY);

    public static final Field<Long> DEPTH = Field.of(
                    "depth",
                    IntegerType.of("jobs", 1, 1_000_000),
                    "Jobs that are looked at behind the head, or that hold a reservation. The default is assumed.")
            .orElse("100 jobs")
            .only(Use.with("policy", "easy", "conservative"));
    public static final Field<Values> BACKFILL = Field.of(
                    "backfill", BackfillSection.SECTION, "How far and how often a plan looks.")
            .orElse("")
            .only(Use.with("policy", "slurm-backfill"));

    public static final Field<Map<String, Setting<Values>>> TEAMS = Field.of(
            "teams",
            new MapType<>(TeamSection.SECTION, "what a team may use, by its name"),
            "Quotas and weights of teams; metrics of each are known as `team.NAME.wait.p95` and so on.");
    public static final Field<Boolean> FAIR_SHARING = Field.of(
                    "fair-sharing",
                    new FlagType(),
                    "Whether the team that borrows the smallest share is served first, and shares decide who is stopped.")
            .orElse("false")
            .only(Use.with("policy", "kueue"));
    public static final Field<Boolean> STRICT = Field.of(
                    "strict",
                    new FlagType(),
                    "Whether the first job of a team that does not fit blocks those behind it (`StrictFIFO`).")
            .orElse("false")
            .only(Use.with("policy", "kueue"));
    public static final Field<Double> HALF_LIFE = Field.of(
                    "half-life",
                    QuantityType.positive(Dimension.DURATION),
                    "Time after which GPU time that a team has used counts half. The default is Slurm's `PriorityDecayHalfLife`.")
            .orElse("7 days")
            .only(Use.with("policy", "fair-share"));
    public static final Field<Double> LEASE = Field.of(
                    "lease",
                    QuantityType.positive(Dimension.DURATION),
                    "Time for which GPUs are handed out. The default is assumed.")
            .orElse("20 min")
            .only(Use.with("policy", "finish-time-fairness"));
    public static final Field<ShareKind> SHARES = Field.of(
                    "shares",
                    new ChoiceType<>("shares", Problem.Kind.VALUE, shareKinds()),
                    "What the share of the time of each job on each type of GPU is chosen for; types are `jobs.pools`. "
                            + shareSentences())
            .orElse("max-min-fairness")
            .only(Use.with("policy", "shares"));
    public static final Field<Boolean> SPACE_SHARING = Field.of(
                    "space-sharing",
                    new FlagType(),
                    "Whether shares are chosen for pairs of jobs, too: two jobs of as many GPUs have the same ones at the same time where both together do"
                            + " more there than by turns. How fast they are then is `jobs.sharing-slowdown`, or else what the `tables` of a `jobs.trace` of"
                            + " the format gavel say.")
            .orElse("false")
            .only(Use.with("policy", "shares")
                    .and(Use.with("shares", "max-min-fairness", "finish-time-fairness", "min-total-duration")));
    public static final Field<Double> ROUND = Field.of(
                    "round",
                    QuantityType.positive(Dimension.DURATION),
                    "Length of a round: with `shares` nothing starts within it; with `muri-s` and `muri-l` groups are made at most once in it."
                            + " The default is that of Gavel and of Muri.")
            .orElse("6 min")
            .only(Use.with("policy", "shares", "muri-s", "muri-l"));
    public static final Field<List<Double>> GROUP_SLOWDOWN = Field.of(
                    "group-slowdown",
                    new ListType<>(new NumberType(1, 100), "factors"),
                    "Factors by which an iteration of a group of two, of three and of four jobs takes longer than their stages say. Left"
                            + " out: 1.")
            .only(Use.with("policy", "muri-s", "muri-l"));
    public static final Field<Double> REST = Field.of(
                    "rest",
                    QuantityType.of(Dimension.DURATION),
                    "Time after its start or a change for which a job is not grown. The default is assumed.")
            .orElse("10 min")
            .only(Use.with("policy", "elastic-fifo"));
    public static final Field<Double> OFFER_INTERVAL = Field.of(
                    "offer-interval",
                    QuantityType.positive(Dimension.DURATION),
                    "Least time between two offers. The default is Mesos' `allocation_interval`.")
            .orElse("1 s")
            .only(Use.with("policy", "offers"));
    public static final Field<Double> OFFER_REFUSE = Field.of(
                    "offer-refuse",
                    QuantityType.of(Dimension.DURATION),
                    "Time for which a team is not offered again what it left, unless more is free. The default is Mesos'"
                            + " `refuse_seconds`.")
            .orElse("5 s")
            .only(Use.with("policy", "offers"));

    public static final Field<Values> DEFRAGMENTATION = Field.of(
                    "defragmentation",
                    DefragmentationSection.SECTION,
                    "Jobs that run are moved together so that one fits; on one pool of nodes whose processors and memory are not"
                            + " counted. Left out: none.")
            .only(GoodputFields.OTHER_POLICY);

    public static final Field<Double> DECISION_TIME = Field.of(
                    "decision-time",
                    QuantityType.of(Dimension.DURATION),
                    "Time of a decision: the scheduler answers so long after something has changed, by what is so then, and decides one"
                            + " thing after the other.")
            .orElse("0 s");
    public static final Field<Double> METADATA_WRITE = Field.of(
                    "metadata-write",
                    QuantityType.of(Dimension.DURATION),
                    "Time of a write to the metadata store, which serves one after the other. Each start is written before its job begins,"
                            + " each stop while nobody waits for it.")
            .orElse("0 s");

    public static final Section SECTION = new Section(
            "scheduler",
            "Which of the jobs of `jobs` run when and where.",
            List.of(
                    PRESET,
                    POLICY,
                    PLACEMENT,
                    DEPTH,
                    ServiceFields.QUANTUM,
                    ServiceFields.SAMPLES,
                    ServiceFields.QUEUE_ENDS,
                    ServiceFields.PROMOTE_AFTER,
                    BACKFILL,
                    TEAMS,
                    FAIR_SHARING,
                    STRICT,
                    HALF_LIFE,
                    LEASE,
                    SHARES,
                    SPACE_SHARING,
                    ROUND,
                    GROUP_SLOWDOWN,
                    GoodputFields.INTERVAL,
                    GoodputFields.FAIRNESS,
                    GoodputFields.RESTART_DELAY,
                    GoodputFields.AVOID_INTERFERENCE,
                    GoodputFields.EXPLORE,
                    GoodputFields.POPULATION,
                    GoodputFields.GENERATIONS,
                    GoodputFields.UNALLOCATED,
                    PodFields.GPUS,
                    PodFields.TIMEOUT,
                    PodFields.BACKOFF,
                    REST,
                    PodFields.ORDER,
                    PodFields.RETRY,
                    PodFields.RETRY_MOST,
                    OFFER_INTERVAL,
                    OFFER_REFUSE,
                    DEFRAGMENTATION,
                    DECISION_TIME,
                    METADATA_WRITE),
            SchedulerPresets.all());

    /** Its key at the top of a scenario, by which other sections see what the scheduler does. */
    public static final Field<Values> SCHEDULER =
            Field.of("scheduler", SECTION, "Which of the jobs of `jobs` run when and where.");

    private SchedulerSection() {}

    /** What counts under some policies only. */
    public static Use under(PolicyKind... policies) {
        List<PolicyKind> those = List.of(policies);
        List<String> words = those.stream().map(ChoiceType::word).toList();
        int last = words.size() - 1;
        return new Use(
                "`scheduler.policy: "
                        + (last == 0 ? "" : String.join("`, `", words.subList(0, last)) + "` or `")
                        + words.get(last) + "`",
                List.of(),
                (own, all) -> all.find(SCHEDULER)
                        .filter(scheduler -> those.contains(scheduler.get(POLICY)))
                        .isPresent());
    }

    /** Schedulers that are presets and may be taken for policies, and words for more than one. */
    private static Map<String, String> presetsInstead() {
        Map<String, String> words = new HashMap<>();
        SchedulerPresets.all().keySet().stream()
                .filter(name -> !policies().containsKey(name))
                .forEach(name -> words.put(name, "it is a preset: write scheduler.preset: " + name));
        words.put("backfill", "did you mean 'easy', 'conservative' or 'slurm-backfill'?");
        words.put("sjf-preempt", "did you mean 'srtf'?");
        words.put("themis", "did you mean 'finish-time-fairness'?");
        return words;
    }

    private static Map<String, PolicyKind> policies() {
        Map<String, PolicyKind> policies = new LinkedHashMap<>();
        Arrays.stream(PolicyKind.values()).forEach(kind -> policies.put(kind.word(), kind));
        return policies;
    }

    private static String presets() {
        return SchedulerPresets.all().values().stream()
                .map(preset -> "`" + preset.name() + "`: " + preset.doc())
                .collect(Collectors.joining(". ", "", "."));
    }

    private static String sentences() {
        return Arrays.stream(PolicyKind.values())
                .map(kind -> "`" + kind.word() + "`: " + kind.sentence())
                .collect(Collectors.joining(". ", "", "."));
    }

    private static Map<String, ShareKind> shareKinds() {
        Map<String, ShareKind> kinds = new LinkedHashMap<>();
        Arrays.stream(ShareKind.values()).forEach(kind -> kinds.put(kind.word(), kind));
        return kinds;
    }

    private static String shareSentences() {
        return Arrays.stream(ShareKind.values())
                .map(kind -> "`" + kind.word() + "`: " + kind.sentence())
                .collect(Collectors.joining(". ", "", "."));
    }

    /**
     * @throws ScenarioException if the section contradicts itself
     */
    public static void check(Values values) {
        refuseCohortsNamedLikeTeams(values);
        ServiceFields.bind(values);
        PodFields.bind(values);
        groups(values);
    }

    /**
     * How jobs share GPUs.
     *
     * @throws ScenarioException if there are not three factors
     */
    public static GroupRules groups(Values values) {
        List<Double> slowdown = values.find(GROUP_SLOWDOWN).orElse(GroupRules.EXACT.slowdown());
        if (slowdown.size() != GroupRules.EXACT.slowdown().size()) {
            throw new ScenarioException(Problem.at(
                    values.position(GROUP_SLOWDOWN),
                    Problem.Kind.VALUE,
                    "groups have two, three or four jobs, which needs three factors, got " + slowdown.size(),
                    "group-slowdown: [1, 1, 1]"));
        }
        return new GroupRules(SimTime.nanos(values.get(ROUND)), slowdown);
    }

    /** Whether jobs may have the same whole GPUs. */
    public static boolean sharesGpus(Values values) {
        return values.get(POLICY) == PolicyKind.MURI_S || values.get(POLICY) == PolicyKind.MURI_L || pairsJobs(values);
    }

    /** Whether two jobs may have the same GPUs at the same time. */
    public static boolean pairsJobs(Values values) {
        return values.get(POLICY) == PolicyKind.SHARES
                && values.get(SPACE_SHARING)
                && values.get(SHARES).packs();
    }

    private static void refuseCohortsNamedLikeTeams(Values values) {
        Map<String, Setting<Values>> teams = teams(values);
        for (Setting<Values> team : teams.values()) {
            team.value().find(TeamSection.COHORT).filter(teams::containsKey).ifPresent(cohort -> {
                throw new ScenarioException(Problem.at(
                        team.value().position(TeamSection.COHORT),
                        Problem.Kind.VALUE,
                        "cohort '" + cohort + "' has the name of a team",
                        "give it a name of its own"));
            });
        }
    }

    /** Which jobs are moved together, if any. */
    public static Optional<Defragmentation> defragmentation(Values values) {
        return values.find(DEFRAGMENTATION).map(DefragmentationSection::bind);
    }

    /** What the scheduler and its metadata store take. */
    public static ControlPlane control(Values values) {
        return new ControlPlane(SimTime.nanos(values.get(DECISION_TIME)), SimTime.nanos(values.get(METADATA_WRITE)));
    }

    static Map<String, Setting<Values>> teams(Values values) {
        return values.find(TEAMS).orElse(Map.of());
    }

    /** The teams that the scenario names. */
    public static List<String> teamNames(Values values) {
        return List.copyOf(teams(values).keySet());
    }

    /** Where the scenario names them. */
    public static Map<String, Position> teamPositions(Values values) {
        Map<String, Position> positions = new LinkedHashMap<>();
        teams(values).forEach((name, team) -> team.keyPosition().ifPresent(position -> positions.put(name, position)));
        return positions;
    }

    /** The cells of each team that has some, by their names. */
    public static Map<String, Setting<Map<String, Setting<Long>>>> cells(Values values) {
        Map<String, Setting<Map<String, Setting<Long>>>> cells = new LinkedHashMap<>();
        teams(values)
                .forEach((team, settings) ->
                        settings.value().setting(TeamSection.CELLS).ifPresent(found -> cells.put(team, found)));
        return cells;
    }

    /** The quotas of teams. */
    public static List<QuotaSpec> quotas(Values values) {
        List<QuotaSpec> quotas = new ArrayList<>();
        teams(values)
                .forEach((team, settings) ->
                        TeamSection.quota(team, settings.value()).ifPresent(quotas::add));
        return quotas;
    }

    private static Map<String, PlacementKind> placements() {
        Map<String, PlacementKind> placements = new LinkedHashMap<>();
        Arrays.stream(PlacementKind.values()).forEach(kind -> placements.put(kind.word(), kind));
        return placements;
    }

    private static String placementSentences() {
        return Arrays.stream(PlacementKind.values())
                .map(kind -> "`" + kind.word() + "`: " + kind.sentence())
                .collect(Collectors.joining(". ", "", "."));
    }
}
