package trainyard.scenario.section.jobs;

import java.util.Optional;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.scenario.section.faults.NodeFaults;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.outage.MonitoredOutages;
import trainyard.scheduler.outage.NodeFaultOutages;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** {@code jobs.failures}: nodes that break under jobs. */
public final class JobFailuresSection {

    private static final int MAX = 1_000_000;

    public static final Field<Values> FAULTS = Field.of(
                    "faults",
                    FaultsSection.SECTION,
                    "What goes wrong, as in `life`: causes that stop jobs by way of their nodes. Others of a preset are passed over.")
            .asRequired();
    public static final Field<Double> DETECT_HANG = Field.of(
                    "detect-hang",
                    QuantityType.of(Dimension.DURATION),
                    "Time until somebody notices that a job hangs. Other faults are noticed at once, or at the next look.")
            .orElse("10 min");
    public static final Field<Double> MONITORING_INTERVAL = Field.of(
                    "monitoring-interval",
                    QuantityType.of(Dimension.DURATION),
                    "Time between two looks at the nodes, from the start of the clock: a fault is noticed at the next one, and until then"
                            + " jobs stand still on its nodes. 0 s: at once.")
            .orElse("0 s");
    public static final Field<Optional<Long>> REPAIR_CREWS = Field.of(
                    "repair-crews",
                    new AutoType<>(IntegerType.between(1, MAX)),
                    "Nodes that can be repaired at the same time; others wait. `auto`: as many as are broken.")
            .orElse("auto");
    public static final Field<Double> REQUEUE = Field.of(
                    "requeue",
                    QuantityType.of(Dimension.DURATION),
                    "Time from a failure until its job waits in the queue again.")
            .orElse("0 s");
    public static final Field<Optional<Long>> RESTARTS = Field.of(
                    "restarts",
                    new AutoType<>(IntegerType.between(0, MAX)),
                    "Failures after which a job is started again; after one more it is given up. `auto`: any number.")
            .orElse("auto");
    public static final Field<Boolean> KEEPS_CHECKPOINTS = Field.of(
                    "keeps-checkpoints",
                    new FlagType(),
                    "Whether a job goes on from its last checkpoint after a failure, or from its beginning.")
            .orElse("true");

    public static final Section SECTION = Section.of(
            "jobs.failures",
            "Nodes that break, and what becomes of the jobs on them. Designs that share a seed meet the same faults.",
            FAULTS,
            DETECT_HANG,
            MONITORING_INTERVAL,
            REPAIR_CREWS,
            REQUEUE,
            RESTARTS,
            KEEPS_CHECKPOINTS);

    private JobFailuresSection() {}

    /**
     * What goes wrong with nodes that stops jobs; other causes of a preset are passed over.
     *
     * @throws ScenarioException if a cause is written that stops no node's jobs, or something is announced, or nothing is left
     */
    public static FaultModel faults(Values values) {
        return new NodeFaults("job", "a cluster of jobs").bind(values.get(FAULTS));
    }

    /** The outages of a replication. */
    public static NodeOutages outages(Values values, FaultModel faults, ClusterShape shape, RandomStreams streams) {
        NodeOutages known =
                new NodeFaultOutages(new FaultTimeline(faults, shape, streams), SimTime.nanos(values.get(DETECT_HANG)));
        long interval = SimTime.nanos(values.get(MONITORING_INTERVAL));
        return interval == 0 ? known : new MonitoredOutages(known, interval);
    }

    /** Repairs at the same time. */
    public static int crews(Values values) {
        return values.get(REPAIR_CREWS).map(Math::toIntExact).orElse(Integer.MAX_VALUE);
    }

    /** What becomes of the jobs. */
    public static RestartRules rules(Values values) {
        return new RestartRules(
                SimTime.nanos(values.get(REQUEUE)),
                values.get(RESTARTS).map(Math::toIntExact).orElse(Integer.MAX_VALUE),
                values.get(KEEPS_CHECKPOINTS));
    }
}
