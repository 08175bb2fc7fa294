package trainyard.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.FasterFabrics;
import trainyard.scenario.study.OverruledChanges;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.UnusedKeys;

/** Options of every verb that reads a scenario. */
final class ScenarioOptions {

    /** Stands for standard input. */
    static final String STANDARD_INPUT = "-";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Change a value of the scenario by its dotted path; a file is found from the current folder. Repeatable.")
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

    /**
     * Reads a scenario and spreads it.
     *
     * @param few whether to keep few values of each swept path and few replications
     * @param only names of the variants that are run; all where there is none
     * @throws trainyard.scenario.source.ScenarioException also if an option sets what no cell of it keeps
     */
    Study study(String file, Terminal terminal, boolean few, List<String> only) {
        Scenario scenario = read(file, terminal);
        Study study = Study.of(scenario, few).only(only);
        refuseOverruled(scenario, study);
        return study;
    }

    /** Refuses what {@code --set} changed and no cell of a study keeps. */
    void refuseOverruled(Scenario scenario, Study study) {
        OverruledChanges.check(
                scenario,
                study.cells(),
                assignments.stream().map(Assignment::parse).toList());
    }

    /** Refuses what {@code --set} sweeps or varies in a verb that varies one path alone. */
    void refuseOtherSweeps(String varied) {
        for (String text : assignments) {
            Assignment change = Assignment.parse(text);
            String written = change.path().toString();
            int dot = written.indexOf('.');
            String key = dot < 0 ? "" : written.substring(0, dot);
            boolean spreads = key.equals(ScenarioSection.SWEEP.key()) || key.equals(ScenarioSection.VARY.key());
            String other = written.substring(dot + 1);
            if (spreads && !other.equals(varied)) {
                throw new ScenarioException(Problem.at(
                        change.position(),
                        Problem.Kind.PATH,
                        "'" + written + "' has no effect: " + varied + " alone is varied",
                        "to choose the value of the other write --set '" + other + "=VALUE'"));
            }
        }
    }

    /** As {@link #read(String, Terminal)} with what other options of the verb set. */
    Scenario read(String file, Terminal terminal, List<Assignment> further) {
        List<Assignment> changes = new ArrayList<>();
        assignments.forEach(text -> changes.add(Assignment.parse(text)));
        if (!seed.isEmpty()) {
            changes.add(Assignment.ofOption(new SourceText("--seed", seed), ScenarioSection.SEED.key(), 0));
        }
        changes.addAll(further);
        Repeat.refuseManifest(file);
        Scenario scenario = file.equals(STANDARD_INPUT)
                ? Scenario.of(SourceReader.stream("standard input", terminal.in()), Path.of(""), changes)
                : Scenario.read(Path.of(file), changes);
        UnusedKeys.check(scenario).forEach(key -> terminal.err().println("note: " + words(key)));
        FasterFabrics.in(scenario).forEach(fabric -> terminal.err().println("note: " + words(fabric)));
        return scenario;
    }

    private static String words(Problem overruled) {
        return overruled.position().map(place -> place.label() + ": ").orElse("") + overruled.message();
    }
}
