package trainyard.scenario.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;

/**
 * A key that counts only under a condition, where it was written.
 *
 * @param path which, by its dotted path; entries of a list by their index
 * @param position where
 * @param deciding where the choices stand that decide whether it counts; those that were left to their defaults are not here
 * @param unused why it counts for nothing; empty where it counts
 */
public record WrittenKey(String path, Position position, List<Position> deciding, Optional<Problem> unused) {

    public WrittenKey {
        deciding = List.copyOf(deciding);
    }

    /** All such keys of a scenario, in the order of its sections. */
    public static List<WrittenKey> of(Values scenario) {
        List<WrittenKey> found = new ArrayList<>();
        collect("", scenario, scenario, found);
        return found;
    }

    /** @param above the path of the value with a dot behind it; empty at the top */
    private static void collect(String above, Object value, Values scenario, List<WrittenKey> found) {
        if (value instanceof Values section) {
            section.section().fields().forEach(field -> add(above, field, section, scenario, found));
            section.settings().forEach((key, setting) -> collect(above + key + ".", setting.value(), scenario, found));
        } else if (value instanceof Collection<?> list) {
            int index = 0;
            for (Object item : list) {
                collect(above + index++ + ".", item, scenario, found);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> collect(above + key + ".", item, scenario, found));
        } else if (value instanceof Setting<?> setting) {
            collect(above, setting.value(), scenario, found);
        }
    }

    private static void add(String above, Field<?> field, Values section, Values scenario, List<WrittenKey> found) {
        Optional<Position> position = section.setting(field).flatMap(Setting::keyPosition);
        if (field.use().isEmpty() || position.isEmpty()) {
            return;
        }
        Use use = field.use().get();
        List<Position> deciding = use.deciding().stream()
                .flatMap(key -> decided(section, key).stream())
                .toList();
        Optional<Problem> unused = use.when().test(section, scenario)
                ? Optional.empty()
                : Optional.of(Problem.at(
                        position.get(),
                        Problem.Kind.KEY,
                        "'" + field.key() + "' has no effect " + use.instead(section),
                        "leave it out",
                        "it counts only with " + use.where().replace("`", "")));
        found.add(new WrittenKey(above + field.key(), position.get(), deciding, unused));
    }

    /** Where a key was written, or the preset that may set it in its place. */
    private static Optional<Position> decided(Values section, String key) {
        Optional<Position> preset =
                section.section().presets().isEmpty() ? Optional.empty() : keyPosition(section, Preset.KEY);
        return keyPosition(section, key).or(() -> preset);
    }

    private static Optional<Position> keyPosition(Values section, String key) {
        return Optional.ofNullable(section.settings().get(key)).flatMap(Setting::keyPosition);
    }
}
