package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;

/**
 * One value, or a list of them.
 *
 * @param list the values when there are several
 */
public record OneOrMoreType<T>(ListType<T> list) implements ValueType<List<T>> {

    @Override
    public Optional<List<T>> read(Node node, Problems problems) {
        return node instanceof Node.Sequence
                ? list.read(node, problems)
                : list.type().read(node, problems).map(List::of);
    }

    @Override
    public ObjectNode schema() {
        return JsonSchema.anyOf(list.type().schema(), list.schema());
    }

    @Override
    public String describe() {
        return list.type().describe() + ", or " + list.describe();
    }

    @Override
    public boolean isScalar() {
        return false;
    }
}
