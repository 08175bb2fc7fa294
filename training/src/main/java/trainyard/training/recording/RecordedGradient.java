package trainyard.training.recording;

import java.util.OptionalDouble;

/**
 * One gradient that changed the parameters.
 *
 * @param update number of the update that it is part of, from 1
 * @param worker whose
 * @param seconds when the update was done, since the start of the run
 * @param staleness updates by anyone between its read and its own update
 * @param computeSeconds what computing it took by the clock on the wall
 * @param loss of all training examples after the update, where it was worked out; no number where training diverged
 */
public record RecordedGradient(
        long update, int worker, double seconds, long staleness, double computeSeconds, OptionalDouble loss) {}
