package trainyard.scenario.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.DottedPath;

/** What a scenario has at a path, in its own words. */
public final class WrittenText {

    private WrittenText() {}

    /** The text at a path, as written or as the default; empty where there is none, or a list. */
    public static Optional<String> at(DottedPath path, Values values) {
        Optional<Setting<?>> here = Optional.empty();
        Object section = values;
        for (String key : path.keys()) {
            here = Optional.ofNullable(
                            section instanceof Values inner
                                    ? inner.settings().get(key)
                                    : section instanceof Map<?, ?> map ? map.get(key) : null)
                    .filter(Setting.class::isInstance)
                    .map(setting -> (Setting<?>) setting);
            section = here.map(Setting::value).orElse(null);
        }
        return here.filter(setting -> !(setting.value() instanceof List<?>))
                .map(Setting::text)
                .filter(text -> !text.isEmpty());
    }
}
