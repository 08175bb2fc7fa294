package trainyard.scenario.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trainyard.scenario.source.Node;
import trainyard.sim.hash.Sha256;

/**
 * The files that a scenario names: profiles of measurements, cables of a network. They are copied beside the result, each
 * under its name and the beginning of its hash, and the scenario there names the copies; so the result can be had again
 * where the originals are gone or have changed.
 */
final class InputFiles {

    /** Paths of the keys that name a file, wherever a scenario may write them: itself, its sweep, its variants. */
    private static final List<String> KEYS =
            List.of("cluster.node.gpu.calibration", "cluster.network.graph", "life.faults.trace.file");

    private static final int HASH_DIGITS = 8;

    private final Map<String, String> copies = new TreeMap<>();
    private final Node.Mapping tree;

    private InputFiles(Node.Mapping tree) {
        this.tree = copied(tree, "");
    }

    static InputFiles of(Node.Mapping tree) {
        return new InputFiles(tree);
    }

    /** The scenario with the names of the copies. */
    Node.Mapping tree() {
        return tree;
    }

    /** What the copies hold, by name. */
    Map<String, String> copies() {
        return copies;
    }

    private Node.Mapping copied(Node.Mapping mapping, String path) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            Node value = copied(entry.value(), path.isEmpty() ? key : path + "." + key);
            entries.put(key, new Node.Entry(entry.keyPosition(), value));
        });
        return new Node.Mapping(entries, mapping.position());
    }

    private Node copied(Node value, String path) {
        if (value instanceof Node.Mapping mapping) {
            return copied(mapping, path);
        }
        if (value instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(copied(item, path)));
            return new Node.Sequence(items, sequence.position());
        }
        boolean file = KEYS.stream().anyMatch(key -> path.equals(key) || path.endsWith("." + key));
        return file ? copy((Node.Scalar) value) : value;
    }

    /** A name that leads to no file stays: a variant that is not run may name one that is missing. */
    private Node.Scalar copy(Node.Scalar scalar) {
        Optional<String> text = read(scalar);
        if (text.isEmpty()) {
            return scalar;
        }
        String hash = Sha256.of(text.get()).substring(0, HASH_DIGITS);
        String name = Path.of(scalar.text()).getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]", "_");
        String extension = dot > 0 ? name.substring(dot).replaceAll("[^A-Za-z0-9._-]", "_") : "";
        String copy = stem.endsWith("-" + hash) ? stem + extension : stem + "-" + hash + extension;
        String plain = copy.matches("[A-Za-z0-9].*") ? copy : "input" + copy;
        copies.put(plain, text.get());
        return new Node.Scalar(plain, scalar.quoted(), scalar.position());
    }

    private static Optional<String> read(Node.Scalar scalar) {
        try {
            Path scenario = Path.of(scalar.position().source().name());
            return Optional.of(Files.readString(scenario.resolveSibling(scalar.text())));
        } catch (IOException | InvalidPathException missing) {
            return Optional.empty();
        }
    }
}
