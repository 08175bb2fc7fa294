package trainyard.scenario.section.checkpoint;

import java.util.ArrayList;
import java.util.List;
import trainyard.faults.checkpoint.Retention;
import trainyard.faults.checkpoint.Retention.Rung;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.engine.SimTime;

/** {@code retention}: which snapshots are kept. */
public final class RetentionSection {

    private static final int MOST = 10_000;
    private static final double HOUR = 3600;

    public static final Field<Long> LAST = Field.of(
                    "last", IntegerType.between(1, MOST), "Newest snapshots that are kept.")
            .orElse("1");
    public static final Field<Long> HOURLY = Field.of(
                    "hourly", IntegerType.between(0, MOST), "Hours of each of which the first snapshot is kept, too.")
            .orElse("0");
    public static final Field<Long> DAILY = Field.of(
                    "daily", IntegerType.between(0, MOST), "Days of each of which the first snapshot is kept, too.")
            .orElse("0");
    public static final Field<Long> WEEKLY = Field.of(
                    "weekly", IntegerType.between(0, MOST), "Weeks of each of which the first snapshot is kept, too.")
            .orElse("0");

    public static final Section SECTION = Section.of(
            "life.checkpoint.retention", "Which snapshots are kept: a ladder in time.", LAST, HOURLY, DAILY, WEEKLY);

    private RetentionSection() {}

    /** The ladder. */
    public static Retention bind(Values values) {
        List<Rung> rungs = new ArrayList<>();
        add(rungs, values, HOURLY, HOUR);
        add(rungs, values, DAILY, 24 * HOUR);
        add(rungs, values, WEEKLY, 7 * 24 * HOUR);
        return new Retention(Math.toIntExact(values.get(LAST)), rungs);
    }

    private static void add(List<Rung> rungs, Values values, Field<Long> field, double slotSeconds) {
        int count = Math.toIntExact(values.get(field));
        if (count > 0) {
            rungs.add(new Rung(field.key(), SimTime.nanos(slotSeconds), count));
        }
    }
}
