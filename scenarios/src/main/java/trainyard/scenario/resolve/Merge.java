package trainyard.scenario.resolve;

import java.util.LinkedHashMap;
import java.util.Map;
import trainyard.scenario.source.Node;

/** Lays one tree over another. */
final class Merge {

    private Merge() {}

    /**
     * Sections are merged key by key; a list or a single value of {@code over} replaces what was there. A sourced value
     * ({@code value:} with {@code source:}) counts as a single value, so that a new value never keeps an old source.
     */
    static Node.Mapping deep(Node.Mapping base, Node.Mapping over) {
        Map<String, Node.Entry> merged = new LinkedHashMap<>(base.entries());
        over.entries().forEach((key, entry) -> {
            Node old = base.find(key).orElse(entry.value());
            boolean both = old != entry.value() && isSection(old) && isSection(entry.value());
            Node laid = both ? deep((Node.Mapping) old, (Node.Mapping) entry.value()) : entry.value();
            merged.put(key, new Node.Entry(entry.keyPosition(), laid));
        });
        return new Node.Mapping(merged, base.position());
    }

    private static boolean isSection(Node node) {
        return node instanceof Node.Mapping mapping && mapping.find("value").isEmpty();
    }
}
