package trainyard.scenario.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
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

    /** Most lives are short, so that many scenarios can be run. */
    private static final List<String> HORIZONS = List.of("12 h", "1 day", "3 days", "7 days");

    private static final int MOST_CHANGES = 4;

    private final Section format;
    private final List<Node.Mapping> seeds;
    private final RandomValues values;
    private final Keys drawn;

    private RandomScenario(Section format, List<Node.Mapping> seeds, UniformRandomProvider random, Keys drawn) {
        this.format = format;
        this.seeds = seeds;
        this.values = new RandomValues(random, drawn);
        this.drawn = drawn;
    }

    /**
     * A scenario as YAML in flow style; the same random numbers give the same one.
     *
     * @param format of a scenario
     * @param seeds valid scenarios to start from
     * @param drawn takes down which keys were drawn
     */
    static String draw(Section format, List<Node.Mapping> seeds, UniformRandomProvider random, Keys drawn) {
        return new RandomScenario(format, seeds, random, drawn).text();
    }

    /** Keys at the top that are not changed. */
    static Set<String> questions() {
        return QUESTIONS;
    }

    private String text() {
        Map<String, Object> tree = mapping(values.any(seeds));
        QUESTIONS.stream()
                .filter(key -> !key.equals("trainyard") && !key.equals("vars"))
                .forEach(tree::remove);
        tree.put("name", "fuzz");
        tree.put("seed", Integer.toString(values.below(1000)));
        tree.put("replications", Integer.toString(1 + values.below(3)));
        if (tree.get("life") instanceof Map<?, ?> life && values.happens(0.9)) {
            cast(life).put("horizon", values.any(HORIZONS));
        }
        List<String> changed = new ArrayList<>();
        for (int i = values.below(MOST_CHANGES + 1); i > 0; i--) {
            change(tree, format, "").ifPresent(changed::add);
        }
        if (!changed.isEmpty() && values.happens(0.3)) {
            sweep(tree, values.any(changed));
        }
        if (tree.get("sgd") instanceof Map<?, ?> sgd) {
            // Gradients are computed for real: such a scenario takes as long as what it asks for.
            cast(sgd).put("examples", "1000 examples");
            cast(sgd).put("shown", "10");
        }
        return text(tree);
    }

    /**
     * Changes one key below a section, each as likely as another; returns the dotted path of a single value that was drawn.
     */
    private Optional<String> change(Map<String, Object> tree, Section section, String prefix) {
        List<Field<?>> fields = section.fields().stream()
                .filter(field -> !prefix.isEmpty() || !QUESTIONS.contains(field.key()))
                .filter(field -> !prefix.isEmpty() || tree.containsKey(field.key()) || values.happens(0.02))
                .toList();
        Field<?> field = values.any(fields, one -> 1 + Keys.below(one.type()));
        String path = prefix + field.key();
        if (values.happens(0.85)) {
            Optional<Below> below = below(tree, field);
            if (below.isPresent()) {
                return change(below.get().tree, below.get().section, path + below.get().step + ".");
            }
        }
        if (tree.containsKey(field.key()) && !field.required() && !prefix.isEmpty() && values.happens(0.15)) {
            tree.remove(field.key());
            return Optional.empty();
        }
        Optional<Object> fresh = values.of(field);
        fresh.ifPresent(value -> {
            tree.put(field.key(), value);
            drawn.add(section, field.key());
        });
        return fresh.filter(String.class::isInstance).map(value -> path);
    }

    /**
     * A section that stands behind a key.
     *
     * @param tree its values
     * @param step the key or place at which it stands, where it is one of several
     */
    private record Below(Map<String, Object> tree, Section section, String step) {}

    /** The section behind a key, or one of several; one that is not there yet begins with what it needs. */
    private Optional<Below> below(Map<String, Object> tree, Field<?> field) {
        Object present = tree.get(field.key());
        if (field.type() instanceof Section section) {
            Map<String, Object> child = present instanceof Map<?, ?> ? cast(present) : values.needed(section);
            tree.put(field.key(), child);
            return Optional.of(new Below(child, section, ""));
        }
        if (field.type() instanceof MapType<?> map
                && map.type() instanceof Section section
                && present instanceof Map<?, ?> entries
                && !entries.isEmpty()) {
            Object key = values.any(List.copyOf(entries.keySet()));
            return Optional.of(entries.get(key))
                    .filter(Map.class::isInstance)
                    .map(child -> new Below(cast(child), section, "." + key));
        }
        if (field.type() instanceof ListType<?> list
                && list.type() instanceof Section section
                && present instanceof List<?> items
                && !items.isEmpty()) {
            int place = values.below(items.size());
            return Optional.of(items.get(place))
                    .filter(Map.class::isInstance)
                    .map(child -> new Below(cast(child), section, "." + place));
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object map) {
        return (Map<String, Object>) map;
    }

    private void sweep(Map<String, Object> tree, String path) {
        Optional<ValueType<?>> type = Optional.of(format);
        for (String key : path.split("\\.")) {
            type = type.flatMap(section -> section.child(key));
        }
        type.ifPresent(found -> {
            Field<?> field = Field.of("swept", found, "");
            List<Object> points = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                values.of(field).filter(String.class::isInstance).ifPresent(points::add);
            }
            if (!points.isEmpty()) {
                tree.put("sweep", new LinkedHashMap<>(Map.of(path, points)));
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
