package trainyard.faults.coordination.coordinator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.faults.coordination.StateLog;
import trainyard.faults.coordination.waiting.Deadlock;

/**
 * What became of a coordinator's workers.
 *
 * @param endNanos when training ended, or when nothing could happen any more
 * @param end how it ended
 * @param deadlock the waits that never ended, where it ended so
 * @param counted steps by the coordinator's counter
 * @param done steps whose result every worker holds at the end
 * @param lost steps that were done and rolled back
 * @param apart steps between the newest and the oldest state of a worker, the largest that came about
 * @param deaths workers that died
 * @param seen the defects that came to light
 * @param stretches what each worker did when
 */
public record CoordinatorOutcome(
        long endNanos,
        End end,
        Optional<Deadlock> deadlock,
        long counted,
        long done,
        long lost,
        long apart,
        int deaths,
        Set<Defect> seen,
        List<List<StateLog.Stretch>> stretches) {

    /** How training ended. */
    public enum End {
        /** The counter reached the number of steps. */
        FINISHED("finished"),
        /** The coordinator died of a fault of its own. */
        COORDINATOR_DIED("coordinator died"),
        /** The workers wait for one that never comes. */
        DEADLOCK("deadlock");

        private final String label;

        End(String label) {
            this.label = label;
        }

        /** In words, for reports. */
        public String label() {
            return label;
        }
    }

    public CoordinatorOutcome {
        seen = Set.copyOf(seen);
        stretches = List.copyOf(stretches);
    }
}
