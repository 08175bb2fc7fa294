package trainyard.scenario.importing.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * A mapping of a manifest.
 *
 * @param path where it stands in its object, such as {@code spec.preemption}; empty for the object itself
 * @param node its keys
 */
record KubeObject(String path, Node.Mapping node) {

    /** The object of a key; one without keys where it is not there. */
    KubeObject object(String key) {
        Node child = node.find(key).orElse(new Node.Mapping(java.util.Map.of(), node.position()));
        return of(join(key), child);
    }

    /** The objects of a list; none where it is not there. */
    List<KubeObject> objects(String key) {
        List<KubeObject> objects = new ArrayList<>();
        Optional<Node> list = node.find(key);
        if (list.isPresent() && !(list.get() instanceof Node.Sequence)) {
            throw wrong(
                    list.get(), join(key) + " is a list, this is " + list.get().kind());
        }
        list.map(found -> ((Node.Sequence) found).items())
                .orElse(List.of())
                .forEach(item -> objects.add(of(join(key), item)));
        return objects;
    }

    static KubeObject of(String path, Node node) {
        if (node instanceof Node.Scalar scalar && scalar.isEmpty()) {
            return new KubeObject(path, new Node.Mapping(java.util.Map.of(), node.position()));
        }
        if (node instanceof Node.Mapping mapping) {
            return new KubeObject(path, mapping);
        }
        throw wrong(node, (path.isEmpty() ? "a manifest" : path) + " is an object, this is " + node.kind());
    }

    /** The single value of a key; nothing where it is not there. */
    Optional<Found> value(String key) {
        return node.find(key).flatMap(value -> {
            if (!(value instanceof Node.Scalar scalar)) {
                throw wrong(value, join(key) + " is a single value, this is " + value.kind());
            }
            return scalar.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Found(join(key), scalar.text(), scalar.position()));
        });
    }

    /** The single value of a key that has to be there. */
    Found required(String key) {
        return value(key)
                .orElseThrow(() -> new ScenarioException(
                        Problem.at(node.position(), Problem.Kind.KEY, join(key) + " is missing", "state it")));
    }

    /** What an object says that it is. */
    String kind() {
        return required("kind").text();
    }

    /** The name in the metadata of an object, as a scenario writes it. */
    String name() {
        return word(statedName());
    }

    /** The same as it stands there. */
    String statedName() {
        return object("metadata").required("name").text();
    }

    /** Kind and name of an object, with the namespace where one is stated. */
    String label() {
        return kind() + " " + statedName()
                + object("metadata")
                        .value("namespace")
                        .map(namespace -> " of namespace " + namespace.text())
                        .orElse("");
    }

    /** The namespace in the metadata of an object, as a scenario writes it. */
    String namespace() {
        return word(statedNamespace());
    }

    /** The same as it stands there. */
    String statedNamespace() {
        return object("metadata").value("namespace").map(Found::text).orElse("default");
    }

    /** A name without dots, which part keys in a scenario. */
    static String word(String name) {
        return name.replaceAll("[^A-Za-z0-9-]+", "-");
    }

    Position position(String key) {
        return Optional.ofNullable(node.entries().get(key))
                .map(Node.Entry::keyPosition)
                .orElse(node.position());
    }

    /** What a scenario cannot say. */
    ScenarioException refused(String key, String message, String hint) {
        return new ScenarioException(Problem.at(position(key), Problem.Kind.PLAN, message, hint));
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static ScenarioException wrong(Node node, String message) {
        return new ScenarioException(Problem.at(node.position(), Problem.Kind.VALUE, message, ""));
    }
}
