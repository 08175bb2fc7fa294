package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;

/**
 * A value or the word {@code none}, for what may be left out on purpose.
 *
 * @param type the value when there is one
 */
public record NoneType<T>(ScalarType<T> type) implements ScalarType<Optional<T>> {

    @Override
    public Optional<Optional<T>> parse(Node.Scalar scalar, Problems problems) {
        return scalar.text().equals("none")
                ? Optional.of(Optional.empty())
                : type.parse(scalar, problems).map(Optional::of);
    }

    @Override
    public ObjectNode schema() {
        return JsonSchema.anyOf(type.schema(), JsonSchema.empty().put("const", "none"));
    }

    @Override
    public String describe() {
        return type.describe() + ", or `none`";
    }
}
