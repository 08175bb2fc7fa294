package trainyard.scenario.resolve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.source.Node;

/** Lays one tree over another. */
final class Merge {

    private Merge() {}

    /**
     * Sections are merged key by key; a list or a single value of {@code over} replaces what was there. A sourced value
     * ({@code value:} with {@code source:}) counts as a single value, so that a new value never keeps an old source. A preset
     * of {@code over} replaces the keys of {@code base} that it sets, since it is written after them.
     *
     * @param format what the trees are
     * @throws trainyard.scenario.source.ScenarioException if a preset that is laid over keys is not named itself
     */
    static Node.Mapping deep(Node.Mapping base, Node.Mapping over, Section format) {
        return deep(base, over, Optional.of(format));
    }

    private static Node.Mapping deep(Node.Mapping base, Node.Mapping over, Optional<? extends ValueType<?>> format) {
        Node.Mapping left = format.filter(Section.class::isInstance)
                .map(section -> ((Section) section).beneathPreset(base, over))
                .orElse(base);
        Map<String, Node.Entry> merged = new LinkedHashMap<>(left.entries());
        over.entries().forEach((key, entry) -> {
            Node old = left.find(key).orElse(entry.value());
            boolean both = old != entry.value() && isSection(old) && isSection(entry.value());
            Node laid = both
                    ? deep((Node.Mapping) old, (Node.Mapping) entry.value(), format.flatMap(type -> type.child(key)))
                    : entry.value();
            merged.put(key, new Node.Entry(entry.keyPosition(), laid));
        });
        return new Node.Mapping(merged, base.position());
    }

    private static boolean isSection(Node node) {
        return node instanceof Node.Mapping mapping && mapping.find("value").isEmpty();
    }
}
