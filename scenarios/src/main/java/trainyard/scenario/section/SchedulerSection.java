package trainyard.scenario.section;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.catalog.ServiceRules;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.Spread;
import trainyard.scheduler.placement.TopologyAware;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.units.Dimension;

/** {@code scheduler}: who runs when and where. */
public final class SchedulerSection {

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
                    "Service after which a policy looks again: run time with `las`, GPU time with `gittins`. The default is that of"
                            + " Tiresias.")
            .orElse("3250 s")
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

    public static final Section SECTION = Section.of(
            "scheduler",
            "Which of the jobs of `jobs` run when and where.",
            POLICY,
            PLACEMENT,
            DEPTH,
            QUANTUM,
            QUEUE_ENDS,
            PROMOTE_AFTER,
            BACKFILL);

    private SchedulerSection() {}

    private static Map<String, PolicyKind> policies() {
        Map<String, PolicyKind> policies = new LinkedHashMap<>();
        Arrays.stream(PolicyKind.values()).forEach(kind -> policies.put(kind.word(), kind));
        return policies;
    }

    private static String sentences() {
        return Arrays.stream(PolicyKind.values())
                .map(kind -> "`" + kind.word() + "`: " + kind.sentence())
                .collect(Collectors.joining(". ", "", "."));
    }

    /** Makes the policy that is asked for, a new one for each run. */
    public static Supplier<SchedulingPolicy> policy(Values values) {
        PolicyKind kind = values.get(POLICY);
        PolicyOptions options = options(values);
        return () -> kind.make(options);
    }

    private static PolicyOptions options(Values values) {
        PolicyOptions defaults = PolicyOptions.DEFAULTS;
        List<Double> ends = values.find(QUEUE_ENDS).orElse(defaults.service().queueEnds());
        for (int i = 1; i < ends.size(); i++) {
            if (ends.get(i) <= ends.get(i - 1)) {
                throw new ScenarioException(Problem.at(
                        values.position(QUEUE_ENDS),
                        Problem.Kind.VALUE,
                        "the ends of the queues must ascend",
                        "write the smaller one first"));
            }
        }
        return defaults.with(BackfillSection.bind(values.get(BACKFILL)))
                .withDepth(Math.toIntExact(values.get(DEPTH)))
                .with(new ServiceRules(
                        values.get(QUANTUM), values.get(QUANTUM), ends, values.get(PROMOTE_AFTER), List.of()));
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
