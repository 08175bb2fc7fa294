package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * A mapping with known keys.
 *
 * @param name its dotted path in the scenario, such as {@code job.parallel}; empty for the scenario itself
 * @param doc what it is for, in Markdown
 * @param fields its keys, in the order in which the reference lists them
 * @param presets what keys that are not written are where the section names a preset, by its name
 */
public record Section(String name, String doc, List<Field<?>> fields, Map<String, Preset> presets)
        implements ValueType<Values> {

    public Section {
        fields = List.copyOf(fields);
        presets = Map.copyOf(presets);
    }

    /** A section without presets. */
    public Section(String name, String doc, List<Field<?>> fields) {
        this(name, doc, fields, Map.of());
    }

    public static Section of(String name, String doc, Field<?>... fields) {
        return new Section(name, doc, List.of(fields));
    }

    @Override
    public Optional<Values> read(Node node, Problems problems) {
        if (node instanceof Node.Scalar scalar && scalar.isEmpty()) {
            return read(new Node.Mapping(Map.of(), node.position()), problems);
        }
        if (name.isEmpty()) {
            problems.within((key, value) -> places(key, field -> reads(field, value)));
        }
        if (!(node instanceof Node.Mapping mapping)) {
            String instead = keyOf(node)
                    .map(key -> "write {" + key + ": " + ((Node.Scalar) node).text() + "}, or ")
                    .orElse("write ");
            problems.add(
                    node.position(),
                    Problem.Kind.VALUE,
                    title() + " is a section, this is " + node.kind(),
                    instead + "{key: value, ...}; keys: " + keys());
            return Optional.empty();
        }
        Set<String> meant = reportUnknown(mapping, problems);
        Map<String, Setting<?>> settings = new LinkedHashMap<>();
        Map<String, Preset.Value> preset =
                Preset.named(presets, mapping).map(Preset::values).orElse(Map.of());
        boolean usable = true;
        for (Field<?> field : fields) {
            Optional<? extends Setting<?>> setting = setting(field, mapping, preset, meant, problems);
            setting.ifPresent(found -> settings.put(field.key(), found));
            usable &= setting.isPresent() || mapping.find(field.key()).isEmpty() && !field.required();
        }
        return usable ? Optional.of(new Values(this, mapping, settings)) : Optional.empty();
    }

    /**
     * What stays of such a section over which another is laid: all of it, less the keys that a preset of the other sets.
     *
     * @throws trainyard.scenario.source.ScenarioException if that preset is named by a variable
     */
    public Node.Mapping beneathPreset(Node.Mapping base, Node.Mapping over) {
        return Preset.beneath(presets, base, over);
    }

    private <T> Optional<Setting<T>> setting(
            Field<T> field,
            Node.Mapping mapping,
            Map<String, Preset.Value> preset,
            Set<String> meant,
            Problems problems) {
        Node.Entry written = mapping.entries().get(field.key());
        if (written != null) {
            return Setting.read(field, written, problems);
        }
        if (field.required() && !meant.contains(field.key())) {
            problems.add(
                    mapping.position(),
                    Problem.Kind.KEY,
                    "key '" + field.key() + "' is missing in " + title(),
                    field.key() + ": " + field.type().describe().replace("`", ""));
        }
        Preset.Value value = preset.get(field.key());
        return value == null
                ? field.defaultText().flatMap(text -> Setting.byDefault(field, text, mapping.position(), "", ""))
                : Setting.byDefault(field, value.text(), mapping.position(), value.source(), value.asOf());
    }

    /** The keys that are missing and that unknown ones are taken for, of which no more has to be said. */
    private Set<String> reportUnknown(Node.Mapping mapping, Problems problems) {
        List<String> known = fields.stream().map(Field::key).toList();
        Set<String> meant = new LinkedHashSet<>();
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String near = Nearest.hint(key, known);
                Optional<String> instead = missing(mapping)
                        .filter(field -> !meant.contains(field.key()))
                        .filter(field ->
                                near.isEmpty() && reads(field, entry.value()) || near.equals(hint(field.key())))
                        .map(Field::key)
                        .findFirst();
                instead.ifPresent(meant::add);
                problems.add(
                        entry.keyPosition(),
                        Problem.Kind.KEY,
                        "unknown key '" + key + "' in " + title(),
                        instead.map(Section::hint).orElseGet(() -> UnknownKey.hint(this, key, entry.value(), problems)),
                        "allowed: " + keys());
            }
        });
        return meant;
    }

    static String hint(String key) {
        return "did you mean '" + key + "'?";
    }

    private Stream<Field<?>> missing(Node.Mapping mapping) {
        return fields.stream()
                .filter(field -> field.required() && !mapping.entries().containsKey(field.key()));
    }

    /** The sections in this one, by their dotted path from it, that have such a key of which the condition holds. */
    List<String> places(String key, Predicate<Field<?>> condition) {
        List<String> found = new ArrayList<>();
        for (Field<?> field : fields) {
            if (field.key().equals(key) && condition.test(field)) {
                found.add("");
            }
            boolean named = field.type() instanceof MapType<?>;
            ValueType<?> type = field.type() instanceof MapType<?> map ? map.type() : field.type();
            if (type instanceof Section section) {
                String path = field.key() + (named ? ".NAME" : "");
                section.places(key, condition).forEach(place -> found.add(path + (place.isEmpty() ? "" : "." + place)));
            }
        }
        return found;
    }

    /** The key that a value which stands for the section is the value of: its preset, or the only one that has to be there. */
    private Optional<String> keyOf(Node node) {
        List<? extends Field<?>> required =
                fields.stream().filter(Field::required).toList();
        return Stream.concat(
                        fields.stream().filter(field -> field.key().equals(Preset.KEY)),
                        required.stream().filter(field -> required.size() == 1))
                .filter(field -> node instanceof Node.Scalar && reads(field, node))
                .map(Field::key)
                .findFirst();
    }

    private static boolean reads(Field<?> field, Node value) {
        Problems none = new Problems();
        return field.type().read(value, none).isPresent() && none.isEmpty();
    }

    private String keys() {
        return fields.stream().map(Field::key).collect(Collectors.joining(" "));
    }

    private String title() {
        return name.isEmpty() ? "the scenario" : name;
    }

    @Override
    public ObjectNode schema() {
        return JsonSchema.ofSection(this);
    }

    @Override
    public String describe() {
        return "a section";
    }

    @Override
    public boolean isScalar() {
        return false;
    }

    @Override
    public Optional<ValueType<?>> child(String key) {
        return fields.stream()
                .filter(field -> field.key().equals(key))
                .findFirst()
                .map(Field::type);
    }
}
