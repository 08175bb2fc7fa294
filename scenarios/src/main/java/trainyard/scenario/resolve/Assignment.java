package trainyard.scenario.resolve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.format.Preset;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

/**
 * One value laid over a scenario, from {@code --set}, a sweep, a variant or a sensitivity range.
 *
 * @param path what it changes
 * @param value the new value
 * @param position where the path was written
 */
public record Assignment(DottedPath path, Node value, Position position) {

    /**
     * Reads {@code path=value} as {@code --set} takes it; the value is YAML.
     *
     * @throws ScenarioException if there is no {@code =} or the value is not YAML
     */
    public static Assignment parse(String assignment) {
        SourceText source = new SourceText("--set", assignment);
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ScenarioException(Problem.at(
                    source.at(1, 1, assignment.length()),
                    Problem.Kind.PATH,
                    "--set takes path=value",
                    "such as --set job.precision=bf16"));
        }
        String text = assignment.substring(equals + 1);
        if (text.isBlank()) {
            throw new ScenarioException(Problem.at(
                    source.at(1, equals + 1, 1),
                    Problem.Kind.VALUE,
                    "--set has no value after '='",
                    "such as --set job.precision=bf16"));
        }
        Node value = shift(YamlReader.value(new SourceText("--set", text)), source, equals + 1);
        return new Assignment(DottedPath.of(assignment.substring(0, equals)), value, source.at(1, 1, equals));
    }

    /**
     * Reads what another option sets as {@code --set path=value} would, with positions in what was typed.
     *
     * @param typed the option and its text
     * @param path what it sets
     * @param start where the value starts in the text
     * @throws ScenarioException if the value is not YAML
     */
    public static Assignment ofOption(SourceText typed, String path, int start) {
        return new Assignment(
                DottedPath.of(path), read(typed, typed.text().substring(start), start), marked(typed, start));
    }

    /** The same of a list that is written without brackets. */
    public static Assignment listOfOption(SourceText typed, String path, int start) {
        String list = typed.text().substring(start);
        return list.strip().startsWith("[")
                ? ofOption(typed, path, start)
                : new Assignment(DottedPath.of(path), read(typed, "[" + list + "]", start - 1), marked(typed, start));
    }

    private static Node read(SourceText typed, String value, int columns) {
        if (value.isBlank()) {
            throw new ScenarioException(Problem.at(
                    typed.at(1, 1, 1),
                    Problem.Kind.SYNTAX,
                    typed.name() + " has no value",
                    "write one behind it, or leave the option out"));
        }
        return shift(YamlReader.value(new SourceText(typed.name(), value)), typed, columns);
    }

    /** The key in front of the value, or the value where the option itself is the key. */
    private static Position marked(SourceText typed, int start) {
        return typed.at(1, 1, start == 0 ? typed.text().length() : start - 1);
    }

    /** Moves positions from the value alone to the whole option, so that marks stand below the right characters. */
    private static Node shift(Node node, SourceText source, int columns) {
        Position position = shift(node.position(), source, columns);
        if (node instanceof Node.Scalar scalar) {
            return new Node.Scalar(scalar.text(), scalar.quoted(), position);
        }
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    sequence.items().stream()
                            .map(item -> shift(item, source, columns))
                            .toList(),
                    position);
        }
        Map<String, Node.Entry> shifted = new LinkedHashMap<>();
        ((Node.Mapping) node)
                .entries()
                .forEach((key, entry) -> shifted.put(
                        key,
                        new Node.Entry(
                                shift(entry.keyPosition(), source, columns), shift(entry.value(), source, columns))));
        return new Node.Mapping(shifted, position);
    }

    private static Position shift(Position old, SourceText source, int columns) {
        return source.at(old.line(), old.line() == 1 ? old.column() + columns : old.column(), old.length());
    }

    /**
     * Assignments that were written beside one another, as options of a command or changes of a variant, in the order in which
     * they count: presets first, so that a key written beside one counts in its place.
     *
     * @param root the format
     */
    public static List<Assignment> beside(List<Assignment> written, Section root) {
        Stream<Assignment> presets = written.stream().filter(each -> each.namesPreset(root));
        return Stream.concat(presets, written.stream().filter(each -> !each.namesPreset(root)))
                .toList();
    }

    private boolean namesPreset(Section root) {
        List<String> keys = path.keys();
        DottedPath parent = new DottedPath(keys.subList(0, keys.size() - 1));
        boolean alone = keys.get(keys.size() - 1).equals(Preset.KEY) && hasPresets(parent, root);
        return alone
                || value instanceof Node.Mapping mapping
                        && mapping.find(Preset.KEY).isPresent()
                        && hasPresets(path, root);
    }

    private static boolean hasPresets(DottedPath path, Section root) {
        Optional<ValueType<?>> type = Optional.of(root);
        for (String key : path.keys()) {
            type = type.flatMap(parent -> parent.child(key));
        }
        return type.filter(found ->
                        found instanceof Section section && !section.presets().isEmpty())
                .isPresent();
    }

    /**
     * The scenario with this value laid over it.
     *
     * @param root the format, which decides whether the path exists
     * @throws ScenarioException if the path leads nowhere
     */
    public Node.Mapping apply(Node.Mapping scenario, Section root) {
        DottedPath whole = path.joinedIn(root);
        whole.typeIn(root, position);
        return Merge.deep(scenario, whole.around(value, position), root);
    }
}
