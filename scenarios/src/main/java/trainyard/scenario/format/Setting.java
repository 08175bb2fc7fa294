package trainyard.scenario.format;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

/**
 * The value of a field and where it comes from.
 *
 * @param value what the program gets
 * @param text as it is or could be written, of a list what is in it; empty for sections and lists of them
 * @param position where it was written; empty for a default
 * @param keyPosition where its key was written; empty for a default
 * @param source who says so, as stated by the user or a preset; may be empty
 * @param asOf date of that source; may be empty
 */
public record Setting<T>(
        T value, String text, Optional<Position> position, Optional<Position> keyPosition, String source, String asOf) {

    private static final int MOST_SHOWN = 8;
    private static final List<String> SOURCED_KEYS = List.of("value", "source", "as-of");

    /** Reads a written value, plain or as {@code {value: , source: , as-of: }}. */
    static <T> Optional<Setting<T>> read(Field<T> field, Node.Entry entry, Problems problems) {
        Node node = entry.value();
        Node plain = node;
        String source = "";
        String asOf = "";
        if (field.type().isScalar()
                && node instanceof Node.Mapping mapping
                && mapping.find("value").isPresent()) {
            reportUnknown(field, mapping, problems);
            plain = mapping.find("value").orElseThrow();
            source = text(mapping.find("source"));
            asOf = text(mapping.find("as-of"));
        }
        if (field.type().isScalar() && plain instanceof Node.Scalar scalar && scalar.isEmpty()) {
            problems.add(
                    plain.position(),
                    Problem.Kind.VALUE,
                    "'" + field.key() + "' has no value",
                    field.type().describe().replace("`", ""));
            return Optional.empty();
        }
        String written = written(plain);
        String finalSource = source;
        String finalAsOf = asOf;
        Optional<Position> position = Optional.of(plain.position());
        return field.type()
                .read(plain, problems)
                .map(value -> new Setting<>(
                        value, written, position, Optional.of(entry.keyPosition()), finalSource, finalAsOf));
    }

    /** As it stands in the file; of a list all scalars, or the first of many; empty for sections and lists of these. */
    private static String written(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (!(node instanceof Node.Sequence list) || !list.items().stream().allMatch(Node.Scalar.class::isInstance)) {
            return "";
        }
        String shown = list.items().stream()
                .limit(MOST_SHOWN)
                .map(item -> ((Node.Scalar) item).text())
                .collect(Collectors.joining(", "));
        int more = list.items().size() - MOST_SHOWN;
        return shown + (more > 0 ? " and " + more + " more" : "");
    }

    /**
     * The value of a default text, with the source of a preset that has it.
     *
     * @param lacking where the section begins that does not write it; there begins a section that is left out, too
     */
    static <T> Optional<Setting<T>> byDefault(
            Field<T> field, String text, Position lacking, String source, String asOf) {
        Problems problems = new Problems();
        SourceText origin = new SourceText("default of " + field.key(), text);
        Node node = text.startsWith("[")
                ? YamlReader.value(origin)
                : new Node.Scalar(text, false, text.isEmpty() ? lacking : origin.at(1, 1, text.length()));
        Optional<T> value = field.type().read(node, problems);
        problems.throwIfAny();
        return value.map(parsed -> new Setting<>(parsed, text, Optional.empty(), Optional.empty(), source, asOf));
    }

    private static void reportUnknown(Field<?> field, Node.Mapping mapping, Problems problems) {
        mapping.entries().forEach((key, entry) -> {
            if (!SOURCED_KEYS.contains(key)) {
                problems.add(
                        entry.keyPosition(),
                        Problem.Kind.KEY,
                        "unknown key '" + key + "' beside the value of " + field.key(),
                        "allowed: value source as-of");
            }
        });
    }

    private static String text(Optional<Node> node) {
        return node.filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .map(Node.Scalar::text)
                .orElse("");
    }
}
