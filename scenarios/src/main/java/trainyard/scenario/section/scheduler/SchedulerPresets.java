package trainyard.scenario.section.scheduler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import trainyard.scenario.format.Preset;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Schedulers as they come: sets of keys of {@code scheduler}, read from {@code scheduler_presets.csv}, where each has its source. They
 * set policies of this simulator as those schedulers are set by default, and are not those schedulers.
 */
public final class SchedulerPresets {

    private static final Map<String, Preset> ALL = read();

    private SchedulerPresets() {}

    /** Every preset by its name. */
    public static Map<String, Preset> all() {
        return ALL;
    }

    private static Map<String, Preset> read() {
        CsvTable table = CsvTable.resource(SchedulerPresets.class, "scheduler_presets.csv")
                .require("preset", "what", "key", "value", "source", "as_of");
        Map<String, String> docs = new LinkedHashMap<>();
        Map<String, Map<String, Preset.Value>> values = new LinkedHashMap<>();
        for (CsvRow row : table.rows()) {
            String name = row.requiredText("preset");
            docs.merge(name, row.text("what"), (first, other) -> first);
            values.computeIfAbsent(name, preset -> new LinkedHashMap<>())
                    .put(
                            row.requiredText("key"),
                            new Preset.Value(
                                    row.requiredText("value"), row.requiredText("source"), row.requiredText("as_of")));
        }
        Map<String, Preset> presets = new LinkedHashMap<>();
        values.forEach((name, keys) -> presets.put(name, new Preset(name, docs.get(name), keys)));
        return Collections.unmodifiableMap(presets);
    }
}
