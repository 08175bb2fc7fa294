package trainyard.scenario.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.Section;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

/**
 * Follows {@code extends:}: the named file comes first, {@code without:} drops parts of it, and the rest of the writing
 * file is laid over it.
 */
public final class Extends {

    /** The key that names the file to start from. */
    public static final String EXTENDS = "extends";

    /** The key that lists what to drop from it. */
    public static final String WITHOUT = "without";

    private static final int MAX_CHAIN = 16;

    private final Section format;
    private final List<SourceText> read = new ArrayList<>();

    /**
     * @param format what a scenario is
     */
    public Extends(Section format) {
        this.format = format;
    }

    /** Every text that took part, the first one first. */
    public List<SourceText> read() {
        return List.copyOf(read);
    }

    /**
     * The scenario with all that it extends.
     *
     * @param source its text
     * @param folder the folder that its own paths are relative to
     * @throws ScenarioException if a file is missing or extends itself
     */
    public Node.Mapping resolve(SourceText source, Path folder) {
        return resolve(source, folder, List.of());
    }

    private Node.Mapping resolve(SourceText source, Path folder, List<Path> chain) {
        read.add(source);
        Node.Mapping own = YamlReader.read(source);
        Optional<Node.Scalar> target = own.find(EXTENDS).map(Extends::single);
        if (target.isEmpty()) {
            rejectAloneWithout(own);
            return own;
        }
        Position position = target.get().position();
        Path file = folder.resolve(target.get().text()).normalize();
        if (chain.contains(file.toAbsolutePath()) || chain.size() >= MAX_CHAIN) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.FILE,
                    "extends goes round in a circle: " + file.getFileName() + " is already being read",
                    "drop one of the extends"));
        }
        List<Path> longer = new ArrayList<>(chain);
        longer.add(file.toAbsolutePath());
        SourceText text = SourceReader.file(file, Optional.of(position));
        Path parent = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        Node.Mapping base = resolve(text, parent, longer);
        return Merge.deep(drop(base, own), own.without(EXTENDS).without(WITHOUT), format);
    }

    private static void rejectAloneWithout(Node.Mapping own) {
        Node.Entry without = own.entries().get(WITHOUT);
        if (without != null) {
            throw new ScenarioException(Problem.at(
                    without.keyPosition(), Problem.Kind.KEY, "'without' needs 'extends'", "add extends: FILE"));
        }
    }

    private static Node.Mapping drop(Node.Mapping base, Node.Mapping own) {
        Node.Mapping left = base;
        if (own.find(WITHOUT).orElse(null) instanceof Node.Sequence parts) {
            for (Node part : parts.items()) {
                DottedPath path = DottedPath.of(single(part).text());
                if (path.find(left).isEmpty()) {
                    throw new ScenarioException(Problem.at(
                            part.position(), Problem.Kind.PATH, "the extended file has no '" + path + "' to drop", ""));
                }
                left = path.remove(left);
            }
        } else if (own.find(WITHOUT).isPresent()) {
            Position position = own.find(WITHOUT).get().position();
            throw new ScenarioException(
                    Problem.at(position, Problem.Kind.VALUE, "without is a list of paths", "write [variants, expect]"));
        }
        return left;
    }

    private static Node.Scalar single(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar;
        }
        throw new ScenarioException(Problem.at(
                node.position(), Problem.Kind.VALUE, "a single value is needed here, this is " + node.kind(), ""));
    }
}
