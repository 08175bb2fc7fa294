package trainyard.scenario.section.jobs;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.outage.SpotReclaims;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** {@code jobs.spot}: nodes that their lender takes back and returns. */
public final class JobSpotSection {

    /** Forms of the distributions of both times. */
    enum Form {
        EXPONENTIAL,
        FIXED
    }

    private static final int MAX_NODES = 1_000_000;

    public static final Field<Long> NODES = Field.of(
                    "nodes",
                    IntegerType.of("nodes", 1, MAX_NODES),
                    "How many nodes are lent so: the last ones of the cluster.")
            .asRequired();
    public static final Field<Double> UP = Field.of(
                    "up",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time from a node's return, or the start of the clock, to its next notice; each node by itself.")
            .asRequired();
    public static final Field<Double> NOTICE = Field.of(
                    "notice",
                    QuantityType.of(Dimension.DURATION),
                    "Time from the notice until the node goes. It takes no new job, and jobs that can save in that time lose"
                            + " nothing. The default is that of Amazon EC2 (its user guide, looked up November 2026).")
            .orElse("2 min");
    public static final Field<Double> AWAY = Field.of(
                    "away", QuantityType.of(Dimension.DURATION), "Mean time for which the lender keeps it.")
            .asRequired();
    public static final Field<Form> FORM = Field.of(
                    "form", ChoiceType.of("form", Form.class), "Form of the distributions of both times.")
            .orElse("exponential");

    public static final Section SECTION = Section.of(
            "jobs.spot",
            "Nodes that are lent and taken back at any time. What is away counts as not provisioned, what is there is billed at"
                    + " `cost.price` as all nodes are. Designs that share a seed meet the same notices.",
            NODES,
            UP,
            NOTICE,
            AWAY,
            FORM);

    private JobSpotSection() {}

    /**
     * Reclaims of a replication.
     *
     * @param nodes of the cluster
     */
    public static NodeOutages outages(Values values, int nodes, RandomStreams streams) {
        return new SpotReclaims(
                nodes - Math.toIntExact(values.get(NODES)),
                nodes,
                law(values, values.get(UP)),
                SimTime.nanos(values.get(NOTICE)),
                law(values, values.get(AWAY)),
                streams);
    }

    /**
     * @throws ScenarioException if more nodes are lent than the cluster has
     */
    public static void check(Values values, int nodes) {
        if (values.get(NODES) > nodes) {
            throw new ScenarioException(Problem.at(
                    values.position(NODES),
                    Problem.Kind.PLAN,
                    values.get(NODES) + " nodes cannot be lent of " + nodes,
                    "at most cluster.nodes"));
        }
    }

    private static Distribution law(Values values, double mean) {
        return values.get(FORM) == Form.FIXED || mean == 0 ? new Fixed(mean) : new Exponential(mean);
    }
}
