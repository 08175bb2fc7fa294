package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;

/**
 * A part of the tree that is understood later, because it depends on another part: the values of a sweep take the type
 * of the path that they are for.
 *
 * @param schemaSource the JSON schema of it
 * @param description what may be written, in Markdown
 */
public record AnyType(ObjectNode schemaSource, String description) implements ValueType<Node> {

    @Override
    public Optional<Node> read(Node node, Problems problems) {
        return Optional.of(node);
    }

    @Override
    public ObjectNode schema() {
        return schemaSource.deepCopy();
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public boolean isScalar() {
        return false;
    }
}
