package trainyard.faults.coordination.coordinator;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import trainyard.sim.random.RandomStreams;

/**
 * Workers that train in step with each other, and who looks after them.
 *
 * @param workers how many, 1 or more
 * @param steps steps to do, 1 or more
 * @param stepSeconds mean time of a worker's part of a step, above 0
 * @param spread coefficient of variation of that time, which is lognormal; 0 for a fixed time
 * @param checkpointEvery steps between two checkpoints, 1 or more
 * @param checkpointSeconds time of writing one, in which all workers stand still
 * @param detectSeconds from a death until the coordinator knows
 * @param restartSeconds start of a worker and loading of a checkpoint
 * @param failures who dies when
 * @param mtbfSeconds mean time between two deaths of one worker, exponential, beside those stated; empty for none
 * @param defects what of the sketch is kept as it is
 */
public record Coordinator(
        int workers,
        int steps,
        double stepSeconds,
        double spread,
        int checkpointEvery,
        double checkpointSeconds,
        double detectSeconds,
        double restartSeconds,
        List<Death> failures,
        OptionalDouble mtbfSeconds,
        Set<Defect> defects) {

    /**
     * A worker dies.
     *
     * @param worker which one, from 0
     * @param seconds when
     */
    public record Death(int worker, double seconds) {}

    public Coordinator {
        failures = List.copyOf(failures);
        defects = Set.copyOf(defects);
        if (workers < 1 || steps < 1 || !(stepSeconds > 0) || !(spread >= 0) || checkpointEvery < 1) {
            throw new IllegalArgumentException("a coordinator needs workers, steps and positive times");
        }
    }

    boolean has(Defect defect) {
        return defects.contains(defect);
    }

    /**
     * Runs one replication until the steps are done or nothing can happen any more.
     *
     * @throws EndlessTrainingException if workers die too often for that
     */
    public CoordinatorOutcome run(RandomStreams streams) {
        return new CoordinatorRun(this, streams).run();
    }
}
