package trainyard.scenario.section.jobs;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.outage.RollingMaintenance;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code jobs.maintenance}: nodes that are serviced in turn. */
public final class JobMaintenanceSection {

    private static final int MAX_NODES = 1_000_000;

    public static final Field<Long> AT_ONCE = Field.of(
                    "at-once", IntegerType.of("nodes", 1, MAX_NODES), "Nodes that are serviced together.")
            .orElse("1 node");
    public static final Field<Double> EVERY = Field.of(
                    "every",
                    QuantityType.positive(Dimension.DURATION),
                    "Time from one notice to the next. After the last nodes come the first again.")
            .asRequired();
    public static final Field<Double> FIRST = Field.of(
            "first", QuantityType.of(Dimension.DURATION), "When the first notice is given. Left out: `every`.");
    public static final Field<Double> NOTICE = Field.of(
                    "notice",
                    QuantityType.of(Dimension.DURATION),
                    "Time for which nodes drain: they take no new job, and jobs that are not done when it is over have to go;"
                            + " those that can save in that time lose nothing.")
            .orElse("0 s");
    public static final Field<Double> LENGTH = Field.of(
                    "length", QuantityType.of(Dimension.DURATION), "Time for which nodes are then away.")
            .asRequired();

    public static final Section SECTION = Section.of(
            "jobs.maintenance",
            "Rolling maintenance: all nodes are serviced in turn, in the order in which they lie.",
            AT_ONCE,
            EVERY,
            FIRST,
            NOTICE,
            LENGTH);

    private JobMaintenanceSection() {}

    /**
     * The services of a run.
     *
     * @param nodes of the cluster
     */
    public static NodeOutages outages(Values values, int nodes) {
        return new RollingMaintenance(
                nodes,
                Math.toIntExact(values.get(AT_ONCE)),
                SimTime.nanos(values.find(FIRST).orElse(values.get(EVERY))),
                Math.max(1, SimTime.nanos(values.get(EVERY))),
                SimTime.nanos(values.get(NOTICE)),
                SimTime.nanos(values.get(LENGTH)));
    }

    /**
     * @throws ScenarioException if more nodes are serviced together than there are
     */
    public static void check(Values values, int nodes) {
        if (values.get(AT_ONCE) > nodes) {
            throw new ScenarioException(Problem.at(
                    values.position(AT_ONCE),
                    Problem.Kind.PLAN,
                    values.get(AT_ONCE) + " nodes cannot be serviced together of " + nodes,
                    "at most cluster.nodes"));
        }
    }
}
