package trainyard.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.validity.Suites;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationJson;
import trainyard.scenario.verify.VerificationResult;
import trainyard.scenario.verify.VerificationText;

/** Holds the model against published measurements. */
@Command(
        name = "verify",
        description = {
            "Hold the model against published measurements and print the error per source.",
            "Ends with 4 only when a row with gate = yes misses the tolerance that it states."
        },
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "SUITE", description = "collectives, training, memory or bubbles.")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of CSV files; every one with known columns is read. Default: the rows shipped.")
    private Optional<Path> data;

    @Option(
            names = "--calibrated",
            description = {
                "Also calibrate the model of each cluster with at most 8 rows, chosen by a hash of their identifiers,",
                "and score the other rows; for sources with 24 gated rows or more. Only training has this."
            })
    private boolean calibrated;

    @Override
    public Integer call() {
        Suite suite = suite();
        Measurements measurements = data.map(Measurements::of).orElseGet(Measurements::shipped);
        VerificationResult result = Verification.run(suite, measurements);
        result = calibrated ? result.with(suite.calibrated(measurements)) : result;
        trainyard
                .terminal()
                .out()
                .println(output.json() ? VerificationJson.render(result) : VerificationText.render(result));
        return (result.holds() ? ExitCode.OK : ExitCode.CHECK_FAILED).code();
    }

    private Suite suite() {
        List<Suite> suites = Suites.all();
        List<String> names = suites.stream().map(Suite::name).toList();
        return suites.stream()
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.PRESET,
                        "no suite '" + name + "'; there are " + String.join(" ", names),
                        Nearest.hint(name, names))));
    }
}
