package trainyard.cli;

import java.util.Optional;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** How many threads a verb uses. */
final class Threads {

    private Threads() {}

    /**
     * What {@code --jobs} says, or the number of processors.
     *
     * @throws ScenarioException if it is below 1
     */
    static int of(Optional<Integer> jobs) {
        int threads = jobs.orElse(Runtime.getRuntime().availableProcessors());
        if (threads < 1) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "--jobs " + threads + " is out of range", "write a whole number from 1"));
        }
        return threads;
    }
}
