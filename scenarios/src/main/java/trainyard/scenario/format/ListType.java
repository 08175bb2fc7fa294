package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * Values of one type in order.
 *
 * @param type type of each
 * @param plural what they are called together
 */
public record ListType<T>(ValueType<T> type, String plural) implements ValueType<List<T>> {

    @Override
    public Optional<List<T>> read(Node node, Problems problems) {
        if (!(node instanceof Node.Sequence sequence)) {
            problems.add(
                    node.position(),
                    Problem.Kind.VALUE,
                    "a list of " + plural + " is needed here, this is " + node.kind(),
                    "write [first, second]");
            return Optional.empty();
        }
        List<T> values = new ArrayList<>();
        sequence.items().forEach(item -> type.read(item, problems).ifPresent(values::add));
        return values.size() == sequence.items().size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonSchema.type("array");
        ObjectNode items = type.schema();
        if (type instanceof Section section) {
            items.setAll(JsonSchema.requirements(section));
        }
        schema.set("items", items);
        return schema;
    }

    @Override
    public String describe() {
        return "a list of " + plural;
    }

    @Override
    public boolean isScalar() {
        return false;
    }
}
