package trainyard.sim.hardware.calibration;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gradient of a kind of network takes a worker, its plain step included, while other processes compute theirs, each on a core of its
 * own and the machine otherwise quiet: {@code sum of coefficient times amount}.
 *
 * @param family kind of network, such as {@code mlp}
 * @param processes how many computed at once, at least 2
 * @param seconds coefficient of each fitted term, in seconds per unit of the term
 * @param valid smallest and largest amount of each term among the jobs, where the file has them; may be empty
 * @param cv standard deviation over mean of the times of one process against the others at the same moment
 * @param jobs different jobs measured
 * @param samples repetitions of all jobs in all processes
 */
public record ConcurrencyFit(
        String family,
        int processes,
        Map<JobTerm, Double> seconds,
        Map<JobTerm, FitQuality.Interval> valid,
        double cv,
        int jobs,
        int samples) {

    public ConcurrencyFit {
        Objects.requireNonNull(family, "family");
        if (processes < 2 || !(cv >= 0)) {
            throw new IllegalArgumentException("no processes at once: " + processes + ", " + cv);
        }
        seconds = JobFamilyFit.ordered(seconds);
        valid = JobFamilyFit.ordered(valid);
    }

    /** Seconds of one gradient, in the mean. */
    public double seconds(JobCounts counts) {
        return counts.seconds(seconds);
    }

    /** Whether a gradient lies outside those that were fitted. */
    public Optional<Extrapolation> extrapolation(JobCounts counts) {
        String fit = "the fit of " + family + " gradients in " + processes + " processes at once";
        return counts.extrapolation(fit, seconds, valid);
    }
}
