package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;

/**
 * A value or the word {@code auto}, which leaves it to be derived.
 *
 * @param type the value when it is given
 */
public record AutoType<T>(ScalarType<T> type) implements ScalarType<Optional<T>> {

    @Override
    public Optional<Optional<T>> parse(Node.Scalar scalar, Problems problems) {
        return scalar.text().equals("auto")
                ? Optional.of(Optional.empty())
                : type.parse(scalar, problems).map(Optional::of);
    }

    @Override
    public ObjectNode schema() {
        return JsonSchema.anyOf(type.schema(), JsonSchema.empty().put("const", "auto"));
    }

    @Override
    public String describe() {
        return type.describe() + ", or `auto`";
    }
}
