package trainyard.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** How many threads a verb uses. */
final class JobsOption {

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Threads; changes no result. Default: the number of processors.")
    private Optional<Integer> jobs;

    /**
     * What {@code --jobs} says, or the number of processors.
     *
     * @throws ScenarioException if it is below 1
     */
    int threads() {
        int threads = jobs.orElse(Runtime.getRuntime().availableProcessors());
        if (threads < 1) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "--jobs " + threads + " is out of range", "write a whole number from 1"));
        }
        return threads;
    }
}
