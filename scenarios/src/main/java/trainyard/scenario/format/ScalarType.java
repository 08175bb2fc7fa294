package trainyard.scenario.format;

import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/** A type that is read from one piece of text. */
public interface ScalarType<T> extends ValueType<T> {

    /** Reads the text; {@code problems} are placed within the scalar. */
    Optional<T> parse(Node.Scalar scalar, Problems problems);

    @Override
    default Optional<T> read(Node node, Problems problems) {
        if (node instanceof Node.Scalar scalar) {
            return parse(scalar, problems);
        }
        problems.add(
                node.position(),
                Problem.Kind.VALUE,
                "a single value is needed here, this is " + node.kind(),
                describe().replace("`", ""));
        return Optional.empty();
    }
}
