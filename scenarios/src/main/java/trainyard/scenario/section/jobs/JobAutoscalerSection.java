package trainyard.scenario.section.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.scale.Predictive;
import trainyard.scheduler.scale.Reactive;
import trainyard.scheduler.scale.ScalingRule;
import trainyard.scheduler.scale.Scheduled;
import trainyard.scheduler.scale.TargetUse;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code jobs.autoscaler}: nodes that are ordered and given back. */
public final class JobAutoscalerSection {

    /** How many nodes there should be. */
    enum Rule {
        REACTIVE,
        PREDICTIVE,
        TARGET_USE,
        SCHEDULED
    }

    private static final int MAX_NODES = 1_000_000;

    public static final Field<Rule> RULE = Field.of(
                    "rule",
                    ChoiceType.of("rule", Rule.class),
                    "`reactive`: nodes for all jobs that run and wait, except, under `kueue`, those that wait for their quota."
                            + " `predictive`: besides, for the demand that the same quarter of an"
                            + " hour had on the days before, ahead of time. `target-use`: so many that `target` of their GPUs are used once all jobs"
                            + " run, by the formula of the Kubernetes Horizontal Pod Autoscaler. `scheduled`: those of `steps`, whatever jobs want.")
            .orElse("reactive");
    public static final Field<Long> SPARE = Field.of(
                    "spare-nodes", IntegerType.of("nodes", 0, MAX_NODES), "Nodes beyond what jobs want.")
            .orElse("0 nodes")
            .only(Use.with(RULE, Rule.REACTIVE));
    public static final Field<Double> TARGET = Field.of(
                    "target", new NumberType(0.01, 1), "Share of the GPUs that is to be used.")
            .orElse("0.8")
            .only(Use.with(RULE, Rule.TARGET_USE));
    public static final Field<List<Values>> STEPS = Field.of(
                    "steps",
                    new ListType<>(ScalingStepSection.SECTION, "steps"),
                    "The timetable of nodes, one step after another; no nodes are there before the first. Nodes that a step takes"
                            + " away go once they are empty.")
            .only(Use.with(RULE, Rule.SCHEDULED));
    public static final Field<Long> LEAST = Field.of(
                    "least-nodes",
                    IntegerType.of("nodes", 0, MAX_NODES),
                    "Nodes that always stay; at most `cluster.nodes`, or those of the smallest pool if there are pools.")
            .orElse("0 nodes");
    public static final Field<Double> PROVISION = Field.of(
                    "provision",
                    QuantityType.of(Dimension.DURATION),
                    "Time from the order of a node until jobs can run on it.")
            .asRequired();
    public static final Field<Double> IDLE_TIMEOUT = Field.of(
                    "idle-timeout",
                    QuantityType.of(Dimension.DURATION),
                    "Time for which a node has to be empty before it is given back. The default is `scale-down-unneeded-time` of the"
                            + " Kubernetes Cluster Autoscaler (its FAQ, looked up November 2026).")
            .orElse("10 min");
    public static final Field<Double> LOOK_EVERY = Field.of(
                    "look-every",
                    QuantityType.positive(Dimension.DURATION),
                    "Time between two looks at the demand. The default is `scan-interval` of the same.")
            .orElse("10 s");

    public static final Section SECTION = Section.of(
            "jobs.autoscaler",
            "Orders nodes when jobs want them, up to `cluster.nodes`, and gives empty ones back. Each of `jobs.pools` is scaled for"
                    + " itself, for the jobs with its `gpu-type`; those without one count for the first pool. Left out: all nodes are always there.",
            RULE,
            SPARE,
            TARGET,
            STEPS,
            LEAST,
            PROVISION,
            IDLE_TIMEOUT,
            LOOK_EVERY);

    private JobAutoscalerSection() {}

    /**
     * Makes the autoscalers of a run: one for each pool.
     *
     * @throws ScenarioException if more nodes stay than a pool has, or several are to keep one timetable
     */
    public static Supplier<List<Autoscaler>> bind(Values values, List<NodePool> pools) {
        int fewest = pools.stream().mapToInt(NodePool::nodes).min().orElseThrow();
        int least = Math.toIntExact(values.get(LEAST));
        if (least > fewest) {
            throw new ScenarioException(Problem.at(
                    values.position(LEAST),
                    Problem.Kind.PLAN,
                    least + " nodes cannot stay of " + fewest,
                    pools.size() == 1 ? "at most cluster.nodes" : "at most the nodes of the smallest pool"));
        }
        if (pools.size() > 1 && values.get(RULE) == Rule.SCHEDULED) {
            throw new ScenarioException(Problem.at(
                    values.position(RULE),
                    Problem.Kind.PLAN,
                    pools.size() + " pools cannot keep one timetable",
                    "one pool, or another rule"));
        }
        List<Scheduled.Step> steps = steps(values, fewest);
        return () -> {
            List<Autoscaler> scalers = new ArrayList<>();
            int first = 0;
            for (NodePool pool : pools) {
                scalers.add(
                        scaler(values, pools.size() == 1 ? "" : pool.gpuType(), first, first + pool.nodes(), steps));
                first += pool.nodes();
            }
            return scalers;
        };
    }

    private static Autoscaler scaler(Values values, String type, int first, int end, List<Scheduled.Step> steps) {
        return new Autoscaler(
                type,
                rule(values, steps),
                first,
                end,
                Math.toIntExact(values.get(LEAST)),
                SimTime.nanos(values.get(LOOK_EVERY)),
                SimTime.nanos(values.get(PROVISION)),
                SimTime.nanos(values.get(IDLE_TIMEOUT)));
    }

    private static ScalingRule rule(Values values, List<Scheduled.Step> steps) {
        return switch (values.get(RULE)) {
            case PREDICTIVE -> new Predictive(SimTime.nanos(values.get(PROVISION)));
            case REACTIVE -> new Reactive(Math.toIntExact(values.get(SPARE)));
            case TARGET_USE -> new TargetUse(values.get(TARGET));
            case SCHEDULED -> new Scheduled(steps);
        };
    }

    /** The timetable; empty under another rule. */
    private static List<Scheduled.Step> steps(Values values, int nodes) {
        if (values.get(RULE) != Rule.SCHEDULED) {
            return List.of();
        }
        List<Values> written = values.find(STEPS).orElse(List.of());
        if (written.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    values.position(RULE), Problem.Kind.KEY, "a timetable of nodes has no steps", "write steps"));
        }
        for (int i = 0; i < written.size(); i++) {
            Values step = written.get(i);
            if (i > 0 && step.get(ScalingStepSection.FROM) <= written.get(i - 1).get(ScalingStepSection.FROM)) {
                throw new ScenarioException(Problem.at(
                        step.position(ScalingStepSection.FROM),
                        Problem.Kind.PLAN,
                        "the step does not begin after the one before",
                        "write steps in the order of time"));
            }
            if (step.get(ScalingStepSection.NODES) > nodes) {
                throw new ScenarioException(Problem.at(
                        step.position(ScalingStepSection.NODES),
                        Problem.Kind.PLAN,
                        step.get(ScalingStepSection.NODES) + " nodes cannot be there of " + nodes,
                        "at most cluster.nodes"));
            }
        }
        return written.stream().map(ScalingStepSection::bind).toList();
    }
}
