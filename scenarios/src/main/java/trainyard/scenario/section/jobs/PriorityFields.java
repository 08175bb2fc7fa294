package trainyard.scenario.section.jobs;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Values;

/** The key that says how important jobs are. */
final class PriorityFields {

    private static final long MOST = 1_000_000_000;

    static final Field<Long> PRIORITY = unset("The higher, the sooner.").orElse("0");

    private PriorityFields() {}

    /** A priority that may be left open. */
    static Field<Long> unset(String doc) {
        return Field.of("priority", IntegerType.between(-MOST, MOST), doc);
    }

    static int bind(Values values) {
        return Math.toIntExact(values.get(PRIORITY));
    }
}
