package trainyard.faults.coordination.waiting;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.faults.coordination.StateLog;

/**
 * What became of a group of processes.
 *
 * @param names the processes
 * @param endNanos when the last of them did something
 * @param deadlock the waits that never ended; empty where all programs ended
 * @param detectSeconds from the start of the deadlock until it was noticed; empty where there was none or nobody notices
 * @param falseAlarms waits that the timeout took to be stuck although they ended
 * @param updates updates of variables that were written
 * @param lostUpdates those of them that wrote over what another process had written meanwhile
 * @param longestWaitSeconds the longest wait that ended
 * @param stretches what each process did when
 */
public record ProcessOutcome(
        List<String> names,
        long endNanos,
        Optional<Deadlock> deadlock,
        OptionalDouble detectSeconds,
        long falseAlarms,
        long updates,
        long lostUpdates,
        double longestWaitSeconds,
        List<List<StateLog.Stretch>> stretches) {

    public ProcessOutcome {
        names = List.copyOf(names);
        stretches = List.copyOf(stretches);
    }
}
