package trainyard.scenario.verify.faults.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms by family and name. A name may hold numbers that are parameters, such as the crews of {@code
 * P_full_cold_c2}; it is then a pattern.
 */
public final class ClosedForms {

    private final Map<String, Map<String, ClosedForm>> named = new LinkedHashMap<>();
    private final Map<String, Map<Pattern, Function<MatchResult, ClosedForm>>> patterns = new LinkedHashMap<>();

    /** All forms. */
    public static ClosedForms all() {
        ClosedForms forms = new ClosedForms();
        CheckpointForms.addTo(forms);
        AvailabilityForms.addTo(forms);
        RedundancyForms.addTo(forms);
        RecoveryForms.addTo(forms);
        DetectionForms.addTo(forms);
        VariationForms.addTo(forms);
        return forms;
    }

    /** Adds a form, or one more name. */
    void add(String family, String name, ClosedForm form) {
        named.computeIfAbsent(family, key -> new LinkedHashMap<>()).put(name, form);
    }

    /** Adds a form whose name is a regular expression; its groups are parameters. */
    void addPattern(String family, String name, Function<MatchResult, ClosedForm> form) {
        patterns.computeIfAbsent(family, key -> new LinkedHashMap<>()).put(Pattern.compile(name), form);
    }

    /** The form of a family under a name; empty where there is none. */
    public Optional<ClosedForm> find(String family, String name) {
        ClosedForm form = named.getOrDefault(family, Map.of()).get(name);
        return form == null ? findPattern(family, name) : Optional.of(form);
    }

    private Optional<ClosedForm> findPattern(String family, String name) {
        for (var entry : patterns.getOrDefault(family, Map.of()).entrySet()) {
            Matcher matcher = entry.getKey().matcher(name);
            if (matcher.matches()) {
                return Optional.of(entry.getValue().apply(matcher.toMatchResult()));
            }
        }
        return Optional.empty();
    }

    /** Names of a family, for messages; empty where the family is not known. */
    public List<String> names(String family) {
        return List.copyOf(named.getOrDefault(family, Map.of()).keySet());
    }
}
