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
 * @param position where
 * @param deciding where the choices stand that decide whether it counts; those that were left to their defaults are not here
 * @param unused why it counts for nothing; empty where it counts
 */
public record WrittenKey(Position position, List<Position> deciding, Optional<Problem> unused) {

    public WrittenKey {
        deciding = List.copyOf(deciding);
    }

    /** All such keys of a scenario, in the order of its sections. */
    public static List<WrittenKey> of(Values scenario) {
        List<WrittenKey> found = new ArrayList<>();
        collect(scenario, scenario, found);
        return found;
    }

    private static void collect(Object value, Values scenario, List<WrittenKey> found) {
        if (value instanceof Values section) {
            section.section().fields().forEach(field -> add(field, section, scenario, found));
            section.settings().values().forEach(setting -> collect(setting.value(), scenario, found));
        } else if (value instanceof Collection<?> list) {
            list.forEach(item -> collect(item, scenario, found));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, scenario, found));
        } else if (value instanceof Setting<?> setting) {
            collect(setting.value(), scenario, found);
        }
    }

    private static void add(Field<?> field, Values section, Values scenario, List<WrittenKey> found) {
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
        found.add(new WrittenKey(position.get(), deciding, unused));
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
