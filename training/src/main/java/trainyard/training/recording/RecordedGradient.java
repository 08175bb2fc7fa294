package trainyard.training.recording;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One gradient that changed the parameters.
 *
 * @param update number of the update that it is part of, from 1
 * @param worker whose
 * @param seconds when the update was done, since the start of the run
 * @param staleness updates by anyone between its read and its own update
 * @param computeSeconds what computing it took by the clock on the wall
 * @param core how fast the core of the worker was meanwhile; empty where nobody looked
 * @param loss of all training examples after the update, where it was worked out; no number where training diverged
 */
public record RecordedGradient(
        long update,
        int worker,
        double seconds,
        long staleness,
        double computeSeconds,
        Optional<Core> core,
        OptionalDouble loss) {

    /**
     * How fast a core was, as a fraction of what it does on a quiet machine.
     *
     * @param computing above 0
     * @param ring at exchange in a ring, above 0
     */
    public record Core(double computing, double ring) {}
}
