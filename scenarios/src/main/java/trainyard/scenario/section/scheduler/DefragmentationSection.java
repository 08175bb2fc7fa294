package trainyard.scenario.section.scheduler;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scheduler.run.Defragmentation;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code scheduler.defragmentation}: jobs that are moved together so that one fits. */
public final class DefragmentationSection {

    public static final Field<Long> MOVES = Field.of(
                    "moves",
                    IntegerType.of("jobs", 1, 1_000_000),
                    "Most jobs that are moved for one that is to fit. The default is assumed.")
            .orElse("4 jobs");
    public static final Field<Double> REST = Field.of(
                    "rest",
                    QuantityType.of(Dimension.DURATION),
                    "Least time from one time at which jobs are moved to the next. The default is assumed.")
            .orElse("10 min");

    public static final Section SECTION = Section.of(
            "scheduler.defragmentation",
            "Jobs on one node each are moved to other nodes so that one fits for which enough GPUs are free, but not where it can use"
                    + " them. Each move costs a save, a start and a load, as `jobs.checkpoint` states.",
            MOVES,
            REST);

    private DefragmentationSection() {}

    static Defragmentation bind(Values values) {
        return new Defragmentation(Math.toIntExact(values.get(MOVES)), SimTime.nanos(values.get(REST)));
    }
}
