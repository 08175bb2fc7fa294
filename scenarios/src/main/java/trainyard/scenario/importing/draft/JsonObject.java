package trainyard.scenario.importing.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

/** An object of a JSON file that remembers which of its keys were looked at. */
public final class JsonObject {

    private static final Set<String> FLAGS = Set.of("true", "false", "auto");

    private static final Pattern STRING_OR_COMMENT =
            Pattern.compile("\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|//[^\\r\\n]*+|/\\*(?s:.*?)\\*/");

    private final String path;
    private final Node.Mapping keys;
    private final Set<String> seen = new HashSet<>();

    private JsonObject(String path, Node.Mapping keys) {
        this.path = path;
        this.keys = keys;
    }

    /**
     * Reads a file that is one JSON object.
     *
     * @param what what the file is, for messages
     * @throws ScenarioException if it is empty, no JSON or another kind of value
     */
    public static JsonObject of(SourceText source, String what) {
        if (source.text().isBlank()) {
            throw new ScenarioException(
                    Problem.at(source.at(1, 1, 1), Problem.Kind.SYNTAX, "the file is empty", "it should be " + what));
        }
        // JSON may be indented by tabs; one space for each keeps lines and columns
        SourceText spaced =
                new SourceText(source.name(), withoutComments(source.text()).replace('\t', ' '));
        Node root = value(spaced, what);
        if (root instanceof Node.Mapping keys) {
            return new JsonObject("", keys);
        }
        throw noObject(root.position(), what, "this is " + root.kind());
    }

    /** The value of a text; of one that is no JSON at all it is said what it should be, not how it fails to be YAML. */
    private static Node value(SourceText source, String what) {
        try {
            return YamlReader.value(source);
        } catch (ScenarioException wrong) {
            if (source.text().stripLeading().startsWith("{")) {
                throw wrong;
            }
            int lines = source.text().split("\\S", 2)[0].split("\n", -1).length;
            throw noObject(source.at(lines, 1, 1), what, "this is none");
        }
    }

    private static ScenarioException noObject(Position position, String what, String but) {
        return new ScenarioException(
                Problem.at(position, Problem.Kind.SYNTAX, what + " is one JSON object, " + but, "start with {"));
    }

    /**
     * Spaces in place of comments from two slashes to the end of the line, and between slash and star: no JSON has such, but
     * DeepSpeed reads its files as Hjson, which does.
     */
    private static String withoutComments(String text) {
        Matcher token = STRING_OR_COMMENT.matcher(text);
        return token.replaceAll(found -> Matcher.quoteReplacement(
                found.group().startsWith("/") ? found.group().replaceAll("[^\\r\\n]", " ") : found.group()));
    }

    /** Where the object starts. */
    public Node.Mapping node() {
        return keys;
    }

    public boolean has(String key) {
        return keys.find(key).isPresent();
    }

    /**
     * The object of a key; nothing where it is not there or null.
     *
     * @throws ScenarioException if it is a list or a single value
     */
    public Optional<JsonObject> object(String key) {
        return object(key, "");
    }

    /**
     * The same.
     *
     * @param example how the key is written, for the message
     */
    public Optional<JsonObject> object(String key, String example) {
        Optional<Node> value =
                keys.find(key).filter(found -> !(found instanceof Node.Scalar scalar && scalar.isEmpty()));
        value.filter(found -> !(found instanceof Node.Mapping)).ifPresent(found -> {
            throw new ScenarioException(Problem.at(
                    found.position(),
                    Problem.Kind.VALUE,
                    path + key + " is an object, this is " + found.kind(),
                    example.isEmpty() ? "" : "such as " + example));
        });
        return value.map(found -> {
            seen.add(key);
            return new JsonObject(path + key + ".", (Node.Mapping) found);
        });
    }

    /** Whether the value of a key is one of {@code true} and {@code false}, not an object. */
    public boolean isFlag(String key) {
        return keys.find(key)
                .filter(value -> value instanceof Node.Scalar scalar
                        && List.of("true", "false").contains(scalar.text()))
                .isPresent();
    }

    /** The objects in the list of a key; empty where it is none. */
    public List<JsonObject> objects(String key) {
        List<JsonObject> objects = new ArrayList<>();
        if (keys.find(key).orElse(null) instanceof Node.Sequence list) {
            seen.add(key);
            for (Node item : list.items()) {
                if (item instanceof Node.Mapping mapping) {
                    objects.add(new JsonObject(path + key + "." + objects.size() + ".", mapping));
                }
            }
        }
        return objects;
    }

    /**
     * The single value of a key; nothing where it is not there or null.
     *
     * @throws ScenarioException if it is a list or an object
     */
    public Optional<Found> value(String key) {
        seen.add(key);
        Optional<Node> value = keys.find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof Node.Scalar scalar)) {
            throw new ScenarioException(Problem.at(
                    value.get().position(),
                    Problem.Kind.VALUE,
                    path + key + " is a single value, this is " + value.get().kind(),
                    ""));
        }
        return scalar.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(path + key, scalar.text(), scalar.position()));
    }

    /**
     * The flag of a key.
     *
     * @throws ScenarioException if it is none of {@code true}, {@code false} and {@code "auto"}
     */
    public Optional<Found> flag(String key) {
        Optional<Found> flag = value(key);
        flag.filter(found -> !FLAGS.contains(found.text())).ifPresent(found -> {
            throw new ScenarioException(Problem.at(
                    found.position(),
                    Problem.Kind.VALUE,
                    found.name() + " is true or false, not '" + found.text() + "'",
                    FLAGS.contains(found.text().toLowerCase(Locale.ROOT))
                            ? "write " + found.text().toLowerCase(Locale.ROOT)
                            : "write true or false"));
        });
        return flag;
    }

    /** Whether the flag of a key is set. */
    public boolean isTrue(String key) {
        return flag(key).filter(found -> found.text().equals("true")).isPresent();
    }

    /** Says of each key that was not looked at why it has no part in the scenario. */
    public void ignoreRest(ImportLog log, Reasons reasons) {
        for (Map.Entry<String, Node.Entry> entry : keys.entries().entrySet()) {
            String key = entry.getKey();
            if (!seen.contains(key)) {
                String name = path + key;
                log.note(Fate.IGNORED, entry.getValue().keyPosition(), name, reasons.of(name));
            }
        }
    }

    /** Says why a key is ignored. */
    public interface Reasons {
        String of(String key);
    }
}
