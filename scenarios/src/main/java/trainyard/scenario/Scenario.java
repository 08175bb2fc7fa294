package trainyard.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.resolve.Extends;
import trainyard.scenario.resolve.Variables;
import trainyard.scenario.section.ClusterSection;
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

    private static final List<Field<Values>> WORKLOADS =
            List.of(ScenarioSection.JOB, ScenarioSection.COLLECTIVE, ScenarioSection.TRAFFIC);

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
        values.ifPresent(read -> checkLife(read, problems));
        problems.throwIfAny();
        return values.orElseThrow(
                () -> new IllegalStateException("the scenario could not be read, yet no problem was reported"));
    }

    private static void checkWorkload(Values values, Problems problems) {
        List<Field<Values>> written =
                WORKLOADS.stream().filter(values::isWritten).toList();
        if (written.isEmpty()) {
            problems.add(
                    values.position(),
                    Problem.Kind.KEY,
                    "there is nothing to run",
                    "add a section job, collective or traffic");
        } else if (written.size() > 1) {
            String both = written.get(0).key() + " and " + written.get(1).key();
            problems.add(
                    values.position(written.get(1)),
                    Problem.Kind.KEY,
                    "a scenario has one of job, collective and traffic, this has " + both,
                    "drop one of them");
        }
        boolean uneven = values.find(ScenarioSection.CLUSTER)
                .filter(cluster -> cluster.isWritten(ClusterSection.CONDITION))
                .isPresent();
        if (uneven && !values.isWritten(ScenarioSection.JOB)) {
            problems.add(
                    values.get(ScenarioSection.CLUSTER).position(ClusterSection.CONDITION),
                    Problem.Kind.KEY,
                    "cluster.condition counts for the step of a job only",
                    "drop it");
        }
    }

    private static void checkLife(Values values, Problems problems) {
        if (values.isWritten(ScenarioSection.LIFE) && !values.isWritten(ScenarioSection.JOB)) {
            problems.add(
                    values.position(ScenarioSection.LIFE),
                    Problem.Kind.KEY,
                    "life is the life of a job, and there is none",
                    "add a section job");
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
