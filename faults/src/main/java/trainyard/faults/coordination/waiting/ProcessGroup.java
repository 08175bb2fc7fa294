package trainyard.faults.coordination.waiting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.sim.random.RandomStreams;

/**
 * Processes that run programs side by side, and how a wait that never ends is noticed.
 *
 * @param programs the program of each process by its name
 * @param repeat how often each process runs its program, 1 or more
 * @param spread coefficient of variation of computing times, which are lognormal; 0 for fixed times
 * @param inspectSeconds time between two looks at who waits for whom; empty where nobody looks
 * @param timeoutSeconds wait after which a process is taken to be stuck; empty where there is no timeout
 */
public record ProcessGroup(
        Map<String, List<Instruction>> programs,
        int repeat,
        double spread,
        OptionalDouble inspectSeconds,
        OptionalDouble timeoutSeconds) {

    public ProcessGroup {
        programs = Collections.unmodifiableMap(new LinkedHashMap<>(programs));
        if (programs.isEmpty() || repeat < 1 || !(spread >= 0)) {
            throw new IllegalArgumentException("a group needs a process, a repeat of at least 1 and a spread from 0");
        }
    }

    /** Runs one replication until nothing can happen any more. The same streams give the same outcome. */
    public ProcessOutcome run(RandomStreams streams) {
        return new ProcessRun(this, streams).run();
    }
}
