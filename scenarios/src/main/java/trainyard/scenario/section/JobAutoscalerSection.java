package trainyard.scenario.section;

import java.util.function.Supplier;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.scale.Predictive;
import trainyard.scheduler.scale.Reactive;
import trainyard.scheduler.scale.ScalingRule;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code jobs.autoscaler}: nodes that are ordered and given back. */
public final class JobAutoscalerSection {

    /** How many nodes there should be. */
    enum Rule {
        REACTIVE,
        PREDICTIVE
    }

    private static final int MAX_NODES = 1_000_000;

    public static final Field<Rule> RULE = Field.of(
                    "rule",
                    ChoiceType.of("rule", Rule.class),
                    "`reactive`: nodes for all jobs that run and wait. `predictive`: besides, for the demand that the same quarter of an"
                            + " hour had on the days before, ahead of time.")
            .orElse("reactive");
    public static final Field<Long> SPARE = Field.of(
                    "spare-nodes", IntegerType.of("nodes", 0, MAX_NODES), "Nodes beyond what jobs want.")
            .orElse("0 nodes")
            .only(Use.with(RULE, Rule.REACTIVE));
    public static final Field<Long> LEAST = Field.of(
                    "least-nodes",
                    IntegerType.of("nodes", 0, MAX_NODES),
                    "Nodes that always stay; at most `cluster.nodes`.")
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
            "Orders nodes when jobs want them, up to `cluster.nodes`, and gives empty ones back. Left out: all nodes are always there.",
            RULE,
            SPARE,
            LEAST,
            PROVISION,
            IDLE_TIMEOUT,
            LOOK_EVERY);

    private JobAutoscalerSection() {}

    /**
     * Makes the autoscaler of a run.
     *
     * @param nodes of the cluster
     * @throws ScenarioException if more nodes stay than there are
     */
    public static Supplier<Autoscaler> bind(Values values, int nodes) {
        int least = Math.toIntExact(values.get(LEAST));
        if (least > nodes) {
            throw new ScenarioException(Problem.at(
                    values.position(LEAST),
                    Problem.Kind.PLAN,
                    least + " nodes cannot stay of " + nodes,
                    "at most cluster.nodes"));
        }
        return () -> new Autoscaler(
                rule(values),
                0,
                nodes,
                least,
                SimTime.nanos(values.get(LOOK_EVERY)),
                SimTime.nanos(values.get(PROVISION)),
                SimTime.nanos(values.get(IDLE_TIMEOUT)));
    }

    private static ScalingRule rule(Values values) {
        return values.get(RULE) == Rule.PREDICTIVE
                ? new Predictive(SimTime.nanos(values.get(PROVISION)))
                : new Reactive(Math.toIntExact(values.get(SPARE)));
    }
}
