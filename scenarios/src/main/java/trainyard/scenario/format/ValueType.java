package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;

/**
 * What may stand behind a key.
 *
 * @param <T> what the program gets
 */
public interface ValueType<T> {

    /** Reads a value; reports what is wrong with it and returns nothing when it cannot be used. */
    Optional<T> read(Node node, Problems problems);

    /** The JSON schema (draft-07) of the plain value. */
    ObjectNode schema();

    /** What may be written, in Markdown, such as {@code an integer from 1}. */
    String describe();

    /** Whether it is a single value, which may carry its source and may be a variable. */
    default boolean isScalar() {
        return true;
    }

    /** The type at the end of a dotted path below this value; nothing where the path leads nowhere. */
    default Optional<ValueType<?>> child(String key) {
        return Optional.empty();
    }
}
