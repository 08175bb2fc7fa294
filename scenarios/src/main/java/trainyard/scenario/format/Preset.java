package trainyard.scenario.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.source.Node;

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
