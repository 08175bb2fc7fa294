package trainyard.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.resolve.Extends;
import trainyard.scenario.resolve.Variables;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.WorkloadKind;

/**
 * A scenario: its tree with all that it extends and with the command line's changes, and the values read from it.
 *
 * @param tree before variables are put in, so that a sweep may change them
 * @param values the values of the scenario as written
 * @param sources every text that took part, the scenario's own first
 */
public record Scenario(Node.Mapping tree, Values values, List<SourceText> sources) {

    public Scenario {
        sources = List.copyOf(sources);
    }

    /**
     * Reads a scenario file.
     *
     * @param changes laid over it, in order
     * @throws ScenarioException with every problem found
     */
    public static Scenario read(Path file, List<Assignment> changes) {
        SourceText source = SourceReader.file(file, Optional.empty());
        return of(source, Optional.ofNullable(file.getParent()).orElse(Path.of("")), changes);
    }

    /**
     * Makes a scenario of a text.
     *
     * @param folder the folder that its paths are relative to
     * @param changes laid over it, in order
     * @throws ScenarioException with every problem found
     */
    public static Scenario of(SourceText source, Path folder, List<Assignment> changes) {
        Extends resolver = new Extends(ScenarioFormat.SECTION);
        Node.Mapping tree = resolver.resolve(source, folder);
        for (Assignment change : Assignment.beside(changes, ScenarioFormat.SECTION)) {
            tree = change.apply(tree, ScenarioFormat.SECTION);
        }
        return new Scenario(tree, bind(tree), resolver.read());
    }

    /**
     * Makes a scenario of a tree that was not read from one text.
     *
     * @throws ScenarioException with every problem found
     */
    public static Scenario of(Node.Mapping tree) {
        return new Scenario(tree, bind(tree), List.of());
    }

    /**
     * The values with some changes, as one cell of a study sees them.
     *
     * @throws ScenarioException with every problem found
     */
    public Values with(List<Assignment> changes) {
        Node.Mapping changed = tree;
        for (Assignment change : changes) {
            changed = change.apply(changed, ScenarioFormat.SECTION);
        }
        if (changes.isEmpty()) {
            return values;
        }
        requireSameKind(changed);
        return bind(changed);
    }

    /**
     * This scenario with some changes, before any variables are put in.
     *
     * @throws ScenarioException with every problem found
     */
    public Scenario changed(List<Assignment> changes) {
        Node.Mapping other = tree;
        for (Assignment change : changes) {
            other = change.apply(other, ScenarioFormat.SECTION);
        }
        return changes.isEmpty() ? this : new Scenario(other, bind(other), sources);
    }

    private static Values bind(Node.Mapping tree) {
        Problems problems = new Problems();
        Node.Mapping substituted = Variables.substitute(tree, problems);
        problems.throwIfAny();
        Optional<Values> values = ScenarioFormat.SECTION.read(substituted, problems);
        Optional<WorkloadKind> kind = WorkloadKinds.of(substituted, problems);
        kind.ifPresent(asked -> WorkloadKinds.checkSections(asked, substituted, problems));
        problems.throwIfAny();
        Values read = values.orElseThrow(
                () -> new IllegalStateException("the scenario could not be read, yet no problem was reported"));
        kind.ifPresent(asked -> asked.check(read, problems));
        problems.throwIfAny();
        return read;
    }

    /** A study has the metrics and charts of one kind. */
    private void requireSameKind(Node.Mapping changed) {
        WorkloadKind other = WorkloadKinds.of(changed, new Problems()).orElse(kind());
        if (!other.equals(kind())) {
            String key = other.section().key();
            throw new ScenarioException(Problem.at(
                    changed.entries().get(key).keyPosition(),
                    Problem.Kind.KEY,
                    "a part of a study of " + kind().section().key() + " cannot be one of " + key,
                    "write it as a scenario of its own that extends this one"));
        }
    }

    /** Which kind of study it asks for. */
    public WorkloadKind kind() {
        return WorkloadKinds.of(tree, new Problems())
                .orElseThrow(() -> new IllegalStateException("a scenario that was read asks for no kind of study"));
    }

    public String name() {
        return values.get(ScenarioSection.NAME);
    }

    /** The question; made from the name where none is asked. */
    public String question() {
        return values.find(ScenarioSection.QUESTION).orElse("What does " + name() + " come to?");
    }

    public long seed() {
        return values.get(ScenarioSection.SEED);
    }
}
