package trainyard.faults.cause;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Weibull;

/** What was counted on real clusters, read from {@code fault_presets.csv}; sources stand in the table. */
public final class FaultPresets {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final String TABLE_DATE = "2026-11";
    private static final Map<String, List<FaultCause>> ALL = read();

    private FaultPresets() {}

    /** The causes of every preset, by its name. */
    public static Map<String, List<FaultCause>> all() {
        return ALL;
    }

    private static Map<String, List<FaultCause>> read() {
        CsvTable table = CsvTable.resource(FaultPresets.class, "fault_presets.csv")
                .require(
                        "preset",
                        "cause",
                        "scope",
                        "events",
                        "component_hours",
                        "weibull_shape",
                        "visibility",
                        "damage",
                        "repair_mean_h",
                        "repair_cv",
                        "source",
                        "verified",
                        "note");
        Map<String, List<FaultCause>> presets = new LinkedHashMap<>();
        table.rows()
                .forEach(row -> presets.computeIfAbsent(row.requiredText("preset"), name -> new ArrayList<>())
                        .add(cause(row)));
        presets.replaceAll((name, causes) -> List.copyOf(causes));
        return Collections.unmodifiableMap(presets);
    }

    private static FaultCause cause(CsvRow row) {
        Damage damage = constant(Damage.class, row, "damage");
        return new FaultCause(
                row.requiredText("cause"),
                constant(Scope.class, row, "scope"),
                between(row),
                constant(Visibility.class, row, "visibility"),
                damage,
                damage.takesNode() ? repair(row) : new Fixed(0),
                provenance(row));
    }

    private static Distribution between(CsvRow row) {
        double mean = row.positive("component_hours") / row.positive("events") * SECONDS_PER_HOUR;
        OptionalDouble shape = row.optionalNumber("weibull_shape");
        return shape.isPresent() ? Weibull.withMean(mean, shape.getAsDouble()) : new Exponential(mean);
    }

    private static Distribution repair(CsvRow row) {
        return new LogNormal(row.positive("repair_mean_h") * SECONDS_PER_HOUR, row.positive("repair_cv"));
    }

    private static Provenance provenance(CsvRow row) {
        boolean read = row.requiredText("verified").equals("text");
        return new Provenance(
                read ? Provenance.Kind.PUBLISHED : Provenance.Kind.RECALLED,
                row.requiredText("source") + "; " + row.text("note"),
                TABLE_DATE);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, CsvRow row, String column) {
        String word = row.requiredText(column).toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw row.problem(column, "must be one of " + List.of(type.getEnumConstants()));
    }
}
