package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * A mapping whose keys the user chooses.
 *
 * @param type type of each value
 * @param description what keys and values are, in Markdown
 */
public record MapType<T>(ValueType<T> type, String description) implements ValueType<Map<String, Setting<T>>> {

    @Override
    public Optional<Map<String, Setting<T>>> read(Node node, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(
                    node.position(),
                    Problem.Kind.VALUE,
                    "a section is needed here, this is " + node.kind(),
                    "write {key: value}: " + description.replace("`", ""));
            return Optional.empty();
        }
        Map<String, Setting<T>> values = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) -> Setting.read(Field.of(key, type, ""), entry, problems)
                        .ifPresent(setting -> values.put(key, setting)));
        boolean usable = values.size() == mapping.entries().size();
        return usable ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonSchema.type("object");
        schema.set("additionalProperties", JsonSchema.ofValue(type));
        return schema;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public boolean isScalar() {
        return false;
    }

    @Override
    public Optional<ValueType<?>> child(String key) {
        return Optional.of(type);
    }
}
