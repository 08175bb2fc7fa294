package trainyard.scenario.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.UnknownKey;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Addresses a value of a scenario, such as {@code job.parallel.tensor}.
 *
 * @param keys the keys from the top
 */
public record DottedPath(List<String> keys) {

    public DottedPath {
        keys = List.copyOf(keys);
    }

    public static DottedPath of(String text) {
        return new DottedPath(List.of(text.split("\\.", -1)));
    }

    /**
     * The type of the value that the path leads to.
     *
     * @param root the format
     * @param position where the path was written, for the message
     * @throws ScenarioException if it leads nowhere
     */
    public ValueType<?> typeIn(Section root, Position position) {
        return joinedIn(root).typeOfKeysIn(root, position);
    }

    private ValueType<?> typeOfKeysIn(Section root, Position position) {
        ValueType<?> type = root;
        for (int i = 0; i < keys.size(); i++) {
            Optional<ValueType<?>> next = type.child(keys.get(i));
            if (next.isEmpty()) {
                throw new ScenarioException(leadsNowhere(root, type, i, position));
            }
            type = next.get();
        }
        return type;
    }

    /**
     * The same path with the dots kept that belong to a key which the user chose: in {@code sweep.job.parallel.tensor} and
     * {@code published.memory.peak} all after the first dot is one key, since what it names has no keys of its own.
     */
    DottedPath joinedIn(Section root) {
        ValueType<?> type = root;
        for (int i = 0; i < keys.size(); i++) {
            if (type instanceof MapType<?> map && !(map.type() instanceof MapType || map.type() instanceof Section)) {
                List<String> joined = new ArrayList<>(keys.subList(0, i));
                joined.add(String.join(".", keys.subList(i, keys.size())));
                return new DottedPath(joined);
            }
            Optional<ValueType<?>> next = type.child(keys.get(i));
            if (next.isEmpty()) {
                return this;
            }
            type = next.get();
        }
        return this;
    }

    private Problem leadsNowhere(Section root, ValueType<?> parent, int depth, Position position) {
        String before = String.join(".", keys.subList(0, depth));
        String message = "'" + this + "' leads nowhere: " + (before.isEmpty() ? "the scenario" : before)
                + " has no key '" + keys.get(depth) + "'";
        Optional<String> list = listAt(parent, depth);
        if (list.isPresent()) {
            return Problem.at(
                    position,
                    Problem.Kind.PATH,
                    message,
                    "entries of a list have no paths: put \"${vars.name}\" into the entry and set vars.name, or write all of it, "
                            + list.get() + "=[first, second]");
        }
        if (!(parent instanceof Section section)) {
            return Problem.at(position, Problem.Kind.PATH, message, "");
        }
        List<String> known = section.fields().stream().map(field -> field.key()).toList();
        return Problem.at(
                position,
                Problem.Kind.PATH,
                message,
                UnknownKey.hint(section, keys.get(depth), root),
                "keys there: " + String.join(" ", known));
    }

    /** The list one of whose entries a path asks for, as {@code tiers.0} or {@code tiers[0]}. */
    private Optional<String> listAt(ValueType<?> parent, int depth) {
        if (parent instanceof ListType) {
            return Optional.of(String.join(".", keys.subList(0, depth)));
        }
        String key = keys.get(depth);
        int bracket = key.indexOf('[');
        String name = bracket < 0 ? key : key.substring(0, bracket);
        if (bracket < 0 || parent.child(name).filter(ListType.class::isInstance).isEmpty()) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>(keys.subList(0, depth));
        path.add(name);
        return Optional.of(String.join(".", path));
    }

    /** The value at the path, if one was written. */
    public Optional<Node> find(Node root) {
        Optional<Node> node = Optional.of(root);
        for (String key : keys) {
            node = node.filter(Node.Mapping.class::isInstance)
                    .map(Node.Mapping.class::cast)
                    .flatMap(mapping -> mapping.find(key));
        }
        return node;
    }

    /** A tree that holds {@code value} at this path and nothing else. */
    public Node.Mapping around(Node value, Position position) {
        Node node = value;
        for (int i = keys.size() - 1; i >= 0; i--) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            entries.put(keys.get(i), new Node.Entry(position, node));
            node = new Node.Mapping(entries, value.position());
        }
        return (Node.Mapping) node;
    }

    /** {@code root} without the value at this path; the same tree if there is none. */
    public Node.Mapping remove(Node.Mapping root) {
        String first = keys.get(0);
        if (keys.size() == 1) {
            return root.without(first);
        }
        if (root.find(first).orElse(null) instanceof Node.Mapping child) {
            Node.Entry entry = root.entries().get(first);
            Node rest = new DottedPath(keys.subList(1, keys.size())).remove(child);
            return root.with(first, new Node.Entry(entry.keyPosition(), rest));
        }
        return root;
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
