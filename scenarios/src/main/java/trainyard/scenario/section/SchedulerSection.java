package trainyard.scenario.section;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.Spread;
import trainyard.scheduler.placement.TopologyAware;
import trainyard.scheduler.policy.SchedulingPolicy;

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

    public static final Section SECTION =
            Section.of("scheduler", "Which of the jobs of `jobs` run when and where.", POLICY, PLACEMENT);

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
        return () -> kind.make(PolicyOptions.DEFAULTS);
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
