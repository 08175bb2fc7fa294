package trainyard.scenario.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * What keys of a section are where the section names a preset and does not write them itself.
 *
 * @param name as the section writes it
 * @param doc what it is, in one sentence for lists
 * @param values by key
 */
public record Preset(String name, String doc, Map<String, Value> values) {

    /** The key under which a section names its preset. */
    public static final String KEY = "preset";

    /**
     * The value of a key.
     *
     * @param text as a user would write it
     * @param source who says so
     * @param asOf date of that source
     */
    public record Value(String text, String source, String asOf) {}

    public Preset {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * What stays of a section over which another is laid: all of it, less the keys that a preset of the other sets.
     *
     * @throws ScenarioException if that preset is named by a variable, so that nobody knows yet what it sets
     */
    static Node.Mapping beneath(Map<String, Preset> presets, Node.Mapping base, Node.Mapping over) {
        Set<String> all = presets.values().stream()
                .flatMap(preset -> preset.values().keySet().stream())
                .collect(Collectors.toSet());
        over.find(KEY)
                .filter(node ->
                        isVariable(node) && base.entries().keySet().stream().anyMatch(all::contains))
                .ifPresent(node -> {
                    throw new ScenarioException(Problem.at(
                            node.position(),
                            Problem.Kind.VALUE,
                            "a preset laid over keys that presets set cannot be a variable",
                            "name the preset itself"));
                });
        Node.Mapping left = base;
        for (String key :
                named(presets, over).map(Preset::values).orElse(Map.of()).keySet()) {
            left = left.without(key);
        }
        return left;
    }

    private static boolean isVariable(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text().contains("${");
    }

    /** The preset that a section names; empty where it names none, or one that is not there, which reading that key reports. */
    static Optional<Preset> named(Map<String, Preset> presets, Node.Mapping section) {
        return section.find(KEY)
                .map(node -> node instanceof Node.Mapping sourced
                        ? sourced.find("value").orElse(node)
                        : node)
                .filter(Node.Scalar.class::isInstance)
                .flatMap(node -> Optional.ofNullable(presets.get(((Node.Scalar) node).text())));
    }
}
