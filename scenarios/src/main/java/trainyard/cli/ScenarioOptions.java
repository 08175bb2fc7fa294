package trainyard.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.study.UnusedKeys;

/** Options of every verb that reads a scenario. */
final class ScenarioOptions {

    /** Stands for standard input. */
    static final String STANDARD_INPUT = "-";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a value of the scenario by its dotted path; repeatable.")
    private final List<String> assignments = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all randomness; same as --set seed=N.")
    private String seed = "";

    @Option(
            names = "--quick",
            description =
                    "At most three values of each swept path and few replications (20 of a life), for a first look.")
    private boolean quick;

    boolean quick() {
        return quick;
    }

    /** Reads the scenario from a file, or from standard input for {@code -}. */
    Scenario read(String file, Terminal terminal) {
        return read(file, terminal, List.of());
    }

    /** The same with what other options of the verb set, written {@code path=value}. */
    Scenario read(String file, Terminal terminal, List<String> further) {
        List<Assignment> changes = new ArrayList<>();
        assignments.forEach(text -> changes.add(Assignment.parse(text)));
        if (!seed.isEmpty()) {
            changes.add(Assignment.parse("seed=" + seed));
        }
        further.forEach(text -> changes.add(Assignment.parse(text)));
        Scenario scenario = file.equals(STANDARD_INPUT)
                ? Scenario.of(SourceReader.stream("standard input", terminal.in()), Path.of(""), changes)
                : Scenario.read(Path.of(file), changes);
        UnusedKeys.check(scenario).forEach(key -> terminal.err().println("note: " + words(key)));
        return scenario;
    }

    private static String words(Problem overruled) {
        return overruled.position().map(place -> place.label() + ": ").orElse("") + overruled.message();
    }
}
