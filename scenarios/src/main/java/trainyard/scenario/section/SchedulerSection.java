package trainyard.scenario.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.catalog.ServiceRules;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.Spread;
import trainyard.scheduler.placement.TopologyAware;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.fairness.FairRules;
import trainyard.scheduler.policy.fairness.OfferRules;
import trainyard.scheduler.quota.QuotaRules;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.run.ControlPlane;
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
                    new ChoiceType<>("policy", Problem.Kind.VALUE, policies()),
                    "Who runs when. " + sentences())
            .orElse("fifo");
    public static final Field<Placement> PLACEMENT = Field.of(
                    "placement",
                    new ChoiceType<>("placement", Problem.Kind.VALUE, placements()),
                    "Where a job runs. `any`: wherever GPUs are free. `first-fit`, `best-fit`, `worst-fit`: on one node where it fits"
                            + " on one, else on whole nodes and the rest on one more; the first, fullest or emptiest node with enough"
                            + " free GPUs. `spread`: over as many nodes as possible. `topology`: in the narrowest domain that holds it"
                            + " of node, island, rack, pool and cluster; `topology-rack` and so on wait where no such domain holds"
                            + " it.")
            .orElse("best-fit");

    public static final Field<Long> DEPTH = Field.of(
                    "depth",
                    IntegerType.of("jobs", 1, 1_000_000),
                    "Jobs that are looked at behind the head, or that hold a reservation. The default is assumed.")
            .orElse("100 jobs")
            .only(Use.with("policy", "easy", "conservative"));
    public static final Field<Double> QUANTUM = Field.of(
                    "quantum",
                    QuantityType.positive(Dimension.DURATION),
                    "Service after which a policy looks again: run time with `las`, GPU time with `gittins`. Left out: 1 h, which is"
                            + " assumed, and 3250 s, as Tiresias.")
            .only(Use.with("policy", "las", "gittins"));
    public static final Field<List<Double>> QUEUE_ENDS = Field.of(
                    "queue-ends",
                    new ListType<>(QuantityType.positive(Dimension.DURATION), "GPU times"),
                    "GPU time so far at which a job leaves each queue but the last, ascending. Left out: 3250 s and 7200 s, as Tiresias.")
            .only(Use.with("policy", "2d-las"));
    public static final Field<Double> PROMOTE_AFTER = Field.of(
                    "promote-after",
                    new NumberType(0, 1e6),
                    "Run times that a job waits until it goes back to the first queue; 0: never.")
            .orElse("0")
            .only(Use.with("policy", "2d-las"));
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
    public static final Field<Long> POD_GPUS = Field.of(
                    "pod-gpus",
                    IntegerType.of("GPUs", 1, 1_000_000),
                    "GPUs of a pod; the last one of a job has the rest.")
            .orElse("1 GPU")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> POD_TIMEOUT = Field.of(
                    "pod-timeout",
                    QuantityType.of(Dimension.DURATION),
                    "Time after which a job that holds only some of its GPUs gives them back; 0 s: never.")
            .orElse("0 s")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> POD_BACKOFF = Field.of(
                    "pod-backoff",
                    QuantityType.positive(Dimension.DURATION),
                    "Time for which such a job then asks for nothing, an hour at most; it doubles each time. The default is"
                            + " Kubernetes' `podMaxBackoffSeconds`.")
            .orElse("10 s")
            .only(Use.with("policy", "pod-by-pod"));

    public static final Field<Double> REST = Field.of(
                    "rest",
                    QuantityType.of(Dimension.DURATION),
                    "Time after its start or a change for which a job is not grown. The default is assumed.")
            .orElse("10 min")
            .only(Use.with("policy", "elastic-fifo"));
    public static final Field<List<Double>> SAMPLES = Field.of(
                    "samples",
                    new ListType<>(QuantityType.positive(Dimension.DURATION), "GPU times"),
                    "GPU time of jobs such as those that come. Left out: learnt from the jobs that end.")
            .only(Use.with("policy", "gittins"));

    public static final Field<PodRules.Order> POD_ORDER = Field.of(
                    "pod-order",
                    ChoiceType.of("order", PodRules.Order.class),
                    "Whose pod is placed next: one of each job in `turn`, or all of the job of the highest `priority` first.")
            .orElse("turn")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> POD_RETRY = Field.of(
                    "pod-retry",
                    QuantityType.of(Dimension.DURATION),
                    "Time for which a job asks for nothing after a pod of it found no place; it doubles with each failure in a row. 0 s:"
                            + " it asks whenever something changes.")
            .orElse("0 s")
            .only(Use.with("policy", "pod-by-pod"));
    public static final Field<Double> POD_RETRY_MOST = Field.of(
                    "pod-retry-most",
                    QuantityType.of(Dimension.DURATION),
                    "The longest such time, an hour at most. Left out: as long as the first.")
            .only(Use.with("policy", "pod-by-pod"));
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
                    QUANTUM,
                    SAMPLES,
                    QUEUE_ENDS,
                    PROMOTE_AFTER,
                    BACKFILL,
                    TEAMS,
                    FAIR_SHARING,
                    STRICT,
                    HALF_LIFE,
                    LEASE,
                    POD_GPUS,
                    POD_TIMEOUT,
                    POD_BACKOFF,
                    REST,
                    POD_ORDER,
                    POD_RETRY,
                    POD_RETRY_MOST,
                    OFFER_INTERVAL,
                    OFFER_REFUSE,
                    DECISION_TIME,
                    METADATA_WRITE),
            SchedulerPresets.all());

    private static final double LONGEST_RETRY_SECONDS = 3600;

    private SchedulerSection() {}

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

    /**
     * @throws ScenarioException if the section contradicts itself
     */
    public static void check(Values values) {
        refuseCohortsNamedLikeTeams(values);
        service(values);
        pods(values);
    }

    /**
     * Makes the policy that is asked for, a new one for each run.
     *
     * @param layout the cluster on which it decides
     */
    public static Supplier<SchedulingPolicy> policy(Values values, ClusterLayout layout) {
        check(values);
        PolicyKind kind = values.get(POLICY);
        PolicyOptions options = options(values, layout);
        return () -> kind.make(options);
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

    private static PolicyOptions options(Values values, ClusterLayout layout) {
        return PolicyOptions.DEFAULTS
                .with(BackfillSection.bind(values.get(BACKFILL)))
                .withDepth(Math.toIntExact(values.get(DEPTH)))
                .with(service(values))
                .with(fair(values, layout))
                .with(pods(values))
                .with(new OfferRules(
                        SimTime.nanos(values.get(OFFER_INTERVAL)), SimTime.nanos(values.get(OFFER_REFUSE))))
                .with(new QuotaRules(quotas(values), values.get(FAIR_SHARING), values.get(STRICT)))
                .withRestNanos(SimTime.nanos(values.get(REST)));
    }

    /** What the scheduler and its metadata store take. */
    public static ControlPlane control(Values values) {
        return new ControlPlane(SimTime.nanos(values.get(DECISION_TIME)), SimTime.nanos(values.get(METADATA_WRITE)));
    }

    private static PodRules pods(Values values) {
        double first = values.get(POD_RETRY);
        double most = values.find(POD_RETRY_MOST).orElse(first);
        if (most < first || most > LONGEST_RETRY_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(POD_RETRY_MOST),
                    Problem.Kind.VALUE,
                    "pods are tried again after pod-retry at first and pod-retry-most at last, which is an hour at most",
                    "make pod-retry-most as long as pod-retry, or longer, up to 1 h"));
        }
        if (values.get(POD_BACKOFF) > LONGEST_RETRY_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(POD_BACKOFF),
                    Problem.Kind.VALUE,
                    "a job that gave its GPUs back asks again after an hour at most",
                    "make pod-backoff 1 h or shorter"));
        }
        return new PodRules(
                Math.toIntExact(values.get(POD_GPUS)),
                SimTime.nanos(values.get(POD_TIMEOUT)),
                SimTime.nanos(values.get(POD_BACKOFF)),
                values.get(POD_ORDER),
                SimTime.nanos(first),
                SimTime.nanos(most));
    }

    private static ServiceRules service(Values values) {
        ServiceRules known = ServiceRules.TIRESIAS;
        List<Double> ends = values.find(QUEUE_ENDS).orElse(known.queueEnds());
        for (int i = 1; i < ends.size(); i++) {
            if (ends.get(i) <= ends.get(i - 1)) {
                throw new ScenarioException(Problem.at(
                        values.position(QUEUE_ENDS),
                        Problem.Kind.VALUE,
                        "the ends of the queues must ascend",
                        "write the smaller one first"));
            }
        }
        return new ServiceRules(
                values.find(QUANTUM).orElse(known.quantumSeconds()),
                values.find(QUANTUM).orElse(known.quantumGpuSeconds()),
                ends,
                values.get(PROMOTE_AFTER),
                values.find(SAMPLES).orElse(known.samplesGpuSeconds()));
    }

    private static FairRules fair(Values values, ClusterLayout layout) {
        Map<String, Double> weights = new LinkedHashMap<>();
        teams(values)
                .forEach((team, settings) -> weights.put(team, settings.value().get(TeamSection.WEIGHT)));
        return new FairRules(
                weights,
                values.get(HALF_LIFE),
                values.get(LEASE),
                layout.pools().stream()
                        .mapToDouble(pool -> pool.nodes() * pool.cpusPerNode())
                        .sum(),
                layout.pools().stream()
                        .mapToDouble(pool -> pool.nodes() * pool.memoryBytesPerNode())
                        .sum());
    }

    private static Map<String, Setting<Values>> teams(Values values) {
        return values.find(TEAMS).orElse(Map.of());
    }

    /** The teams that the scenario names. */
    public static List<String> teamNames(Values values) {
        return List.copyOf(teams(values).keySet());
    }

    /** The quotas of teams. */
    public static List<QuotaSpec> quotas(Values values) {
        List<QuotaSpec> quotas = new ArrayList<>();
        teams(values)
                .forEach((team, settings) ->
                        TeamSection.quota(team, settings.value()).ifPresent(quotas::add));
        return quotas;
    }

    private static Map<String, Placement> placements() {
        List<Placement> all = List.of(
                new AnyGpus(),
                new Consolidate(Consolidate.Choice.FIRST_FIT),
                new Consolidate(Consolidate.Choice.BEST_FIT),
                new Consolidate(Consolidate.Choice.WORST_FIT),
                new Spread(),
                new TopologyAware(DomainLevel.CLUSTER),
                new TopologyAware(DomainLevel.POOL),
                new TopologyAware(DomainLevel.RACK),
                new TopologyAware(DomainLevel.ISLAND));
        Map<String, Placement> placements = new LinkedHashMap<>();
        all.forEach(placement -> placements.put(placement.name(), placement));
        return placements;
    }
}
