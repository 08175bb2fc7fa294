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
        Extends resolver = new Extends();
        Node.Mapping tree = resolver.resolve(source, folder);
        for (Assignment change : changes) {
            tree = change.apply(tree, ScenarioSection.SECTION);
        }
        return new Scenario(tree, bind(tree), resolver.read());
    }

    /**
     * The values with some changes, as one cell of a study sees them.
     *
     * @throws ScenarioException with every problem found
     */
    public Values with(List<Assignment> changes) {
        Node.Mapping changed = tree;
        for (Assignment change : changes) {
            changed = change.apply(changed, ScenarioSection.SECTION);
        }
        return changes.isEmpty() ? values : bind(changed);
    }

    private static Values bind(Node.Mapping tree) {
        Problems problems = new Problems();
        Node.Mapping substituted = Variables.substitute(tree, problems);
        problems.throwIfAny();
        Optional<Values> values = ScenarioSection.SECTION.read(substituted, problems);
        values.ifPresent(read -> checkWorkload(read, problems));
        problems.throwIfAny();
        return values.orElseThrow(
                () -> new IllegalStateException("the scenario could not be read, yet no problem was reported"));
    }

    private static void checkWorkload(Values values, Problems problems) {
        boolean job = values.isWritten(ScenarioSection.JOB);
        boolean collective = values.isWritten(ScenarioSection.COLLECTIVE);
        if (job == collective) {
            problems.add(
                    job ? values.position(ScenarioSection.COLLECTIVE) : values.position(),
                    Problem.Kind.KEY,
                    job ? "a scenario has either job or collective, this has both" : "there is nothing to run",
                    job ? "drop one of them" : "add a section job or collective");
        }
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
