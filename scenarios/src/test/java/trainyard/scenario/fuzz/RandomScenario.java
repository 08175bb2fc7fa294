package trainyard.scenario.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.source.Node;

/** Makes scenarios: one that is valid, with some of its keys drawn anew, added or dropped, and sometimes a sweep. */
final class RandomScenario {

    /** Keys that say what is asked and shown, not what is simulated. */
    private static final Set<String> QUESTIONS = Set.of(
            "trainyard",
            "name",
            "question",
            "extends",
            "without",
            "vars",
            "published",
            "expect",
            "sweep",
            "variants",
            "vary",
            "report",
            "search",
            "replications");

    private static final int MOST_CHANGES = 4;

    private final Section format;
    private final List<Node.Mapping> seeds;
    private final RandomValues values;

    /**
     * @param format of a scenario
     * @param seeds valid scenarios to start from
     */
    RandomScenario(Section format, List<Node.Mapping> seeds, UniformRandomProvider random) {
        this.format = format;
        this.seeds = seeds;
        this.values = new RandomValues(random);
    }

    /** The next scenario as YAML in flow style. */
    String next() {
        Map<String, Object> tree = mapping(values.any(seeds));
        QUESTIONS.stream()
                .filter(key -> !key.equals("trainyard") && !key.equals("vars"))
                .forEach(tree::remove);
        tree.put("name", "fuzz");
        tree.put("seed", Integer.toString(values.below(1000)));
        tree.put("replications", Integer.toString(1 + values.below(3)));
        List<String> changed = new ArrayList<>();
        for (int i = values.below(MOST_CHANGES + 1); i > 0; i--) {
            change(tree, format, "").ifPresent(changed::add);
        }
        if (!changed.isEmpty() && values.happens(0.3)) {
            sweep(tree, values.any(changed));
        }
        return text(tree);
    }

    /** Changes one key below a section; returns the dotted path of a single value that was drawn. */
    private Optional<String> change(Map<String, Object> tree, Section section, String prefix) {
        List<Field<?>> fields = section.fields().stream()
                .filter(field -> !prefix.isEmpty() || !QUESTIONS.contains(field.key()))
                .filter(field -> !prefix.isEmpty() || tree.containsKey(field.key()) || values.happens(0.02))
                .toList();
        Field<?> field = values.any(fields);
        String path = prefix + field.key();
        Object present = tree.get(field.key());
        if (present instanceof Map<?, ?> && values.happens(0.85)) {
            Optional<Section> below = below(field.type(), tree, field.key());
            if (below.isPresent()) {
                return change(child(tree, field), below.get(), path + suffix(field.type(), tree, field.key()) + ".");
            }
        }
        if (present != null && !field.required() && !prefix.isEmpty() && values.happens(0.15)) {
            tree.remove(field.key());
            return Optional.empty();
        }
        Optional<Object> drawn = values.of(field);
        drawn.ifPresent(value -> tree.put(field.key(), value));
        return drawn.filter(String.class::isInstance).map(value -> path);
    }

    private static Optional<Section> below(ValueType<?> type, Map<String, Object> tree, String key) {
        if (type instanceof Section section) {
            return Optional.of(section);
        }
        Map<?, ?> entries = (Map<?, ?>) tree.get(key);
        boolean ofSections = !entries.isEmpty() && entries.values().iterator().next() instanceof Map<?, ?>;
        return type instanceof MapType<?> map && map.type() instanceof Section section && ofSections
                ? Optional.of(section)
                : Optional.empty();
    }

    private static String suffix(ValueType<?> type, Map<String, Object> tree, String key) {
        Map<?, ?> entries = (Map<?, ?>) tree.get(key);
        return type instanceof Section ? "" : "." + entries.keySet().iterator().next();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> tree, Field<?> field) {
        Map<String, Object> present = (Map<String, Object>) tree.get(field.key());
        return field.type() instanceof Section
                ? present
                : (Map<String, Object>) present.values().iterator().next();
    }

    private void sweep(Map<String, Object> tree, String path) {
        Optional<ValueType<?>> type = Optional.of(format);
        for (String key : path.split("\\.")) {
            type = type.flatMap(section -> section.child(key));
        }
        type.ifPresent(found -> {
            Field<?> field = Field.of("swept", found, "");
            List<Object> drawn = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                values.of(field).filter(String.class::isInstance).ifPresent(drawn::add);
            }
            if (!drawn.isEmpty()) {
                tree.put("sweep", new LinkedHashMap<>(Map.of(path, drawn)));
            }
        });
    }

    private static Map<String, Object> mapping(Node.Mapping node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.entries().forEach((key, entry) -> map.put(key, value(entry.value())));
        return map;
    }

    private static Object value(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof Node.Sequence sequence) {
            return new ArrayList<>(
                    sequence.items().stream().map(RandomScenario::value).toList());
        }
        Node.Mapping mapping = (Node.Mapping) node;
        // A value with its source.
        return mapping.entries().keySet().stream().allMatch(Set.of("value", "source", "as-of")::contains)
                        && mapping.find("value").isPresent()
                ? value(mapping.find("value").orElseThrow())
                : mapping(mapping);
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, below) -> entries.add(quoted(key.toString()) + ": " + text(below)));
            return "{" + String.join(", ", entries) + "}";
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(", ", list.stream().map(RandomScenario::text).toList()) + "]";
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
