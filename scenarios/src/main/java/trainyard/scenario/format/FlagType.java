package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/** Yes or no, written {@code true} or {@code false}. */
public record FlagType() implements ScalarType<Boolean> {

    @Override
    public Optional<Boolean> parse(Node.Scalar scalar, Problems problems) {
        if (scalar.text().equals("true") || scalar.text().equals("false")) {
            return Optional.of(scalar.text().equals("true"));
        }
        problems.add(
                scalar.position(), Problem.Kind.VALUE, "'" + scalar.text() + "' is not a flag", "write true or false");
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        return JsonSchema.type("boolean");
    }

    @Override
    public String describe() {
        return "`true` or `false`";
    }
}
