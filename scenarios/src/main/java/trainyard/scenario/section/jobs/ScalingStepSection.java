package trainyard.scenario.section.jobs;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scheduler.scale.Scheduled;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** An entry of {@code jobs.autoscaler.steps}. */
public final class ScalingStepSection {

    public static final Field<Double> FROM = Field.of("from", QuantityType.of(Dimension.DURATION), "When it begins.")
            .asRequired();
    public static final Field<Long> NODES = Field.of(
                    "nodes",
                    IntegerType.of("nodes", 0, 1_000_000),
                    "Nodes there are until the next step; at most `cluster.nodes`.")
            .asRequired();

    public static final Section SECTION =
            Section.of("jobs.autoscaler.steps", "A step of a timetable of nodes.", FROM, NODES);

    private ScalingStepSection() {}

    static Scheduled.Step bind(Values values) {
        return new Scheduled.Step(SimTime.nanos(values.get(FROM)), Math.toIntExact(values.get(NODES)));
    }
}
