package trainyard.sim.hardware.calibration;

import java.util.Objects;

/**
 * What a gradient of a kind of network takes a worker while other processes compute theirs, each on a core of its own, over what
 * the fit of this kind says of an iteration of a process alone.
 *
 * @param family kind of network, such as {@code mlp}
 * @param processes how many computed at once
 * @param slowDown mean time of a gradient, interruptions by other work left out, over that of an iteration by the fit
 * @param cv standard deviation over mean of the times of one job
 * @param jobs different jobs measured
 * @param samples repetitions of all jobs in all processes
 */
public record ConcurrencyFit(String family, int processes, double slowDown, double cv, int jobs, int samples) {

    public ConcurrencyFit {
        Objects.requireNonNull(family, "family");
        if (processes < 2 || !(slowDown > 0) || !(cv >= 0)) {
            throw new IllegalArgumentException("no processes at once: " + processes + ", " + slowDown + ", " + cv);
        }
    }
}
