package trainyard.scenario.section.jobs;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scheduler.catalog.PolicyKind;

/** The key that says how important jobs are. */
final class PriorityFields {

    private static final long MOST = 1_000_000_000;

    /** Policies that look at it; a job in cells of its team is under one of them. */
    private static final Use COUNTS = SchedulerSection.under(
            PolicyKind.EASY,
            PolicyKind.CONSERVATIVE,
            PolicyKind.SLURM_BACKFILL,
            PolicyKind.PRIORITY,
            PolicyKind.KUEUE,
            PolicyKind.POD_BY_POD);

    static final Field<Long> PRIORITY = unset("The higher, the sooner.").orElse("0");

    private PriorityFields() {}

    /** A priority that may be left open. */
    static Field<Long> unset(String doc) {
        return Field.of("priority", IntegerType.between(-MOST, MOST), doc).only(COUNTS);
    }

    static int bind(Values values) {
        return Math.toIntExact(values.get(PRIORITY));
    }
}
