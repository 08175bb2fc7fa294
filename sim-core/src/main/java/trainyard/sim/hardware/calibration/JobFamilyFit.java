package trainyard.sim.hardware.calibration;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trainyard.sim.hardware.Precision;

/**
 * Time of a whole training iteration of networks of one kind: {@code t = sum over terms of coefficient x amount}. The terms
 * add up because on a CPU they follow one another; no coefficient is below 0.
 *
 * @param family kind of network, such as {@code mlp}
 * @param precision format of the numbers
 * @param seconds coefficient of each term in seconds per unit of the term; a term without one costs nothing
 * @param valid smallest and largest amount of each term among the fitted iterations
 * @param fit errors of the fit, where the file states them
 */
public record JobFamilyFit(
        String family,
        Precision precision,
        Map<JobTerm, Double> seconds,
        Map<JobTerm, FitQuality.Interval> valid,
        Optional<FitQuality> fit) {

    public JobFamilyFit {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(fit, "fit");
        seconds = ordered(seconds);
        valid = ordered(valid);
    }

    static <V> Map<JobTerm, V> ordered(Map<JobTerm, V> map) {
        EnumMap<JobTerm, V> ordered = new EnumMap<>(JobTerm.class);
        ordered.putAll(map);
        return Collections.unmodifiableMap(ordered);
    }

    /** Seconds of one iteration. */
    public double seconds(JobCounts counts) {
        return counts.seconds(seconds);
    }

    /** Whether an iteration lies outside those that were fitted. */
    public Optional<Extrapolation> extrapolation(JobCounts counts) {
        return counts.extrapolation("the fit of " + family + " iterations", seconds, valid);
    }
}
