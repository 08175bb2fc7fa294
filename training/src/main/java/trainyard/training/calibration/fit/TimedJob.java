package trainyard.training.calibration.fit;

import java.util.Objects;
import trainyard.sim.hardware.calibration.JobCounts;

/**
 * What a job has and what it took.
 *
 * @param name of the job
 * @param counts amounts of one iteration
 * @param seconds fastest repetition, above 0
 * @param heldOut whether it is kept out of the fit
 */
public record TimedJob(String name, JobCounts counts, double seconds, boolean heldOut) {

    public TimedJob {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(counts, "counts");
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a job must take some time: " + name + " took " + seconds + " s");
        }
    }
}
