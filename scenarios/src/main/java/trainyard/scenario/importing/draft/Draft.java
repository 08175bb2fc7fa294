package trainyard.scenario.importing.draft;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** A scenario in the making. Each value keeps the place that it comes from, and is checked when it is put in. */
public final class Draft {

    private final ImportLog log = new ImportLog();
    private final Map<String, String> reasons = new HashMap<>();
    private Node.Mapping tree;

    /** @param name name of the scenario, made from the file's */
    public Draft(String name) {
        Position top = new SourceText("the scenario", "").at(1, 1, 1);
        this.tree = new Node.Mapping(Map.of(), top);
        put("trainyard", "1", top);
        put("name", name, top);
        reasons.put("trainyard", "");
        reasons.put("name", "");
    }

    public ImportLog log() {
        return log;
    }

    /** The scenario so far; positions lead to the places that the values come from. */
    public Node.Mapping tree() {
        return tree;
    }

    /** Whether a value has been put in at the path. */
    public boolean has(String path) {
        return find(path).isPresent();
    }

    /** The text of the single value at the path. */
    public Optional<String> find(String path) {
        return DottedPath.of(path)
                .find(tree)
                .filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).text());
    }

    /**
     * Puts in a value that a file states.
     *
     * @param path where it belongs in the scenario
     * @param value the value as the scenario writes it
     * @param found what the file says
     * @throws ScenarioException at the file's place, if the scenario does not allow the value
     */
    public void read(String path, String value, Found found) {
        if (put(path, value, found.position())) {
            log.note(Fate.READ, found, path + ": " + value);
        } else {
            log.note(Fate.IGNORED, found, "a scenario has no " + path);
        }
    }

    /**
     * Puts in a value that a file states and that counts only as a remark says.
     *
     * @param remark stands beside the value, and in the log
     * @throws ScenarioException at the file's place, if the scenario does not allow the value
     */
    public void read(String path, String value, Found found, String remark) {
        if (put(path, value, found.position())) {
            reasons.put(path, label(found.position()) + ", " + remark);
            log.note(Fate.READ, found, path + ": " + value + ", " + remark);
        } else {
            log.note(Fate.IGNORED, found, "a scenario has no " + path);
        }
    }

    /**
     * Puts in a value that follows from what a file states.
     *
     * @param why how it follows
     * @throws ScenarioException at the file's place, if the scenario does not allow the value
     */
    public void infer(String path, String value, Found found, String why) {
        if (put(path, value, found.position())) {
            reasons.put(path, label(found.position()) + ", " + why);
            log.note(Fate.INFERRED, found, path + ": " + value, why);
        } else {
            log.note(Fate.IGNORED, found, "a scenario has no " + path);
        }
    }

    /** Puts in a usual value where the file says nothing. */
    public void assume(String path, String value, String why) {
        if (put(path, value, new SourceText("assumed " + path, value).at(1, 1, value.length()))) {
            reasons.put(path, "assumed: " + why);
            log.note(Fate.ASSUMED, path + ": " + value, why);
        }
    }

    /** Lays a change of the command line over the draft. */
    public void change(Assignment assignment) {
        tree = assignment.apply(tree, ScenarioFormat.SECTION);
        String path = assignment.path().toString();
        reasons.keySet().removeIf(key -> key.equals(path) || key.startsWith(path + "."));
        reasons.put(path, "--set");
    }

    /** Takes out a section that is stated elsewhere. */
    void drop(String path) {
        tree = DottedPath.of(path).remove(tree);
    }

    /** What stands in the comment beside the value at a path; empty for none. */
    String origin(String path, Node value) {
        return reasons.getOrDefault(path, label(value.position()));
    }

    /** The scenario as YAML, each value with a comment that names its origin. */
    public String yaml() {
        return CommentedYaml.write(this);
    }

    private static String label(Position position) {
        String name = position.source().name();
        return name.equals(Found.FILE) || name.startsWith("--") ? name : name + ":" + position.line();
    }

    /** Returns false where the scenario has no such key. */
    private boolean put(String path, String value, Position position) {
        DottedPath dotted = DottedPath.of(path);
        Optional<ValueType<?>> type = Optional.of(ScenarioFormat.SECTION);
        for (String key : dotted.keys()) {
            type = type.flatMap(parent -> parent.child(key));
        }
        if (type.isEmpty()) {
            return false;
        }
        Node node = node(value, type.get(), position);
        Problems problems = new Problems();
        type.get().read(node, problems);
        problems.throwIfAny();
        reasons.remove(path);
        tree = new Assignment(dotted, node, position).apply(tree, ScenarioFormat.SECTION);
        return true;
    }

    /** A list in brackets where the key takes one, else a single value. */
    private static Node node(String value, ValueType<?> type, Position position) {
        if (type.isScalar() || !value.startsWith("[") || !value.endsWith("]")) {
            return new Node.Scalar(value, false, position);
        }
        String[] items = value.substring(1, value.length() - 1).split(", *");
        return new Node.Sequence(
                Arrays.stream(items)
                        .<Node>map(item -> new Node.Scalar(item, false, position))
                        .toList(),
                position);
    }
}
