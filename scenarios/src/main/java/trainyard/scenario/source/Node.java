package trainyard.scenario.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a scenario and where it was written. Trees are immutable; changes make new trees. */
public sealed interface Node {

    Position position();

    /** What a person would call this kind of value: {@code a value}, {@code a list} or {@code a section}. */
    String kind();

    /**
     * A single value. Its meaning (number, quantity, flag) is decided by the field that it fills, not by YAML.
     *
     * @param text the value without quotes
     * @param quoted whether quotes stood around it
     * @param position where it stands
     */
    record Scalar(String text, boolean quoted, Position position) implements Node {
        @Override
        public String kind() {
            return "a value";
        }

        /** Whether nothing was written, as in {@code key:} at the end of a line, or {@code null}. */
        public boolean isEmpty() {
            return !quoted && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }
    }

    /** Values in order. */
    record Sequence(List<Node> items, Position position) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Values by key, in the order written. */
    record Mapping(Map<String, Entry> entries, Position position) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a section";
        }

        public Optional<Node> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** This mapping with one entry added, or replaced at its old place. */
        public Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(changed, position);
        }

        /** This mapping less one entry. */
        public Mapping without(String key) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(changed, position);
        }
    }

    /**
     * The value of one key.
     *
     * @param keyPosition where the key stands
     * @param value its value
     */
    record Entry(Position keyPosition, Node value) {}
}
