package trainyard.scenario.section.scheduler;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scheduler.policy.backfill.BackfillBounds;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code scheduler.backfill}: how far and how often a planning scheduler looks. */
public final class BackfillSection {

    private static final int MAX_JOBS = 1_000_000;

    public static final Field<Long> DEPTH = Field.of(
                    "depth",
                    IntegerType.of("jobs", 1, MAX_JOBS),
                    "Jobs of the queue that one plan looks at (`bf_max_job_test`).")
            .orElse("500 jobs");
    public static final Field<Long> MAIN_DEPTH = Field.of(
                    "main-depth",
                    IntegerType.of("jobs", 1, MAX_JOBS),
                    "Jobs that are tried in strict order at every event (`default_queue_depth`).")
            .orElse("100 jobs");
    public static final Field<Double> INTERVAL = Field.of(
                    "interval",
                    QuantityType.positive(Dimension.DURATION),
                    "Least time between two plans (`bf_interval`).")
            .orElse("30 s");
    public static final Field<Double> WINDOW = Field.of(
                    "window",
                    QuantityType.positive(Dimension.DURATION),
                    "How far into the future a plan reaches (`bf_window`).")
            .orElse("1440 min");
    public static final Field<Double> RESOLUTION = Field.of(
                    "resolution",
                    QuantityType.positive(Dimension.DURATION),
                    "Grid to which planned times are rounded up (`bf_resolution`).")
            .orElse("60 s");

    public static final Section SECTION = Section.of(
            "scheduler.backfill",
            "How far and how often a planning scheduler looks. Defaults are those of Slurm (manual page of slurm.conf, looked up"
                    + " November 2026).",
            DEPTH,
            MAIN_DEPTH,
            INTERVAL,
            WINDOW,
            RESOLUTION);

    private BackfillSection() {}

    static BackfillBounds bind(Values values) {
        return new BackfillBounds(
                Math.toIntExact(values.get(DEPTH)),
                Math.toIntExact(values.get(MAIN_DEPTH)),
                SimTime.nanos(values.get(INTERVAL)),
                SimTime.nanos(values.get(WINDOW)),
                SimTime.nanos(values.get(RESOLUTION)));
    }
}
