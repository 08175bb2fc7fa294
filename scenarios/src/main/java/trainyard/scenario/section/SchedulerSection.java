package trainyard.scenario.section;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.PreemptiveOrder;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.SchedulingPolicy;

/** {@code scheduler}: who runs when and where. */
public final class SchedulerSection {

    public static final Field<Supplier<SchedulingPolicy>> POLICY = Field.of(
                    "policy",
                    new ChoiceType<>("policy", Problem.Kind.VALUE, policies()),
                    "Who runs when. `fifo`, `sjf` (stated run time) and `narrow-first` (GPUs): a queue in this order whose head"
                            + " blocks all behind it; with `-fit-first`, whatever fits starts. `srtf` (time left), `srsf` (time left"
                            + " times GPUs) and `smallest-first` preempt: at every moment the first of all jobs run, as many as"
                            + " fit.")
            .orElse("fifo");
    public static final Field<Placement> PLACEMENT = Field.of(
                    "placement",
                    new ChoiceType<>("placement", Problem.Kind.VALUE, placements()),
                    "Where a job runs. `any`: wherever GPUs are free. The others keep it on one node where it fits on one, else on"
                            + " whole nodes and the rest on one more: the first, fullest or emptiest node with enough free GPUs.")
            .orElse("best-fit");

    public static final Section SECTION = Section.of(
            "scheduler", "Which of the jobs of `jobs` run when and where.", POLICY, PLACEMENT);

    private SchedulerSection() {}

    private static Map<String, Supplier<SchedulingPolicy>> policies() {
        Map<String, Supplier<SchedulingPolicy>> policies = new LinkedHashMap<>();
        for (QueueOrder.Key key : QueueOrder.Key.values()) {
            for (QueueOrder.Overtaking overtaking : QueueOrder.Overtaking.values()) {
                add(policies, () -> new QueueOrder(key, overtaking));
            }
        }
        for (PreemptiveOrder.Key key : PreemptiveOrder.Key.values()) {
            add(policies, () -> new PreemptiveOrder(key));
        }
        return policies;
    }

    private static void add(Map<String, Supplier<SchedulingPolicy>> policies, Supplier<SchedulingPolicy> policy) {
        policies.put(policy.get().name(), policy);
    }

    private static Map<String, Placement> placements() {
        List<Placement> all = List.of(
                new AnyGpus(),
                new Consolidate(Consolidate.Choice.FIRST_FIT),
                new Consolidate(Consolidate.Choice.BEST_FIT),
                new Consolidate(Consolidate.Choice.WORST_FIT));
        Map<String, Placement> placements = new LinkedHashMap<>();
        all.forEach(placement -> placements.put(placement.name(), placement));
        return placements;
    }
}
