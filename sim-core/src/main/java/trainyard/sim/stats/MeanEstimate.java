package trainyard.sim.stats;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean of independent observations with Student's t interval,
 * {@code mean +- t(n - 1, (1 + confidence) / 2) * s / sqrt(n)} (Student 1908, Biometrika 6(1):1-25).
 *
 * @param mean of the observations; NaN if there are none
 * @param interval absent below two observations, where nothing is known of the spread
 * @param count number of observations
 */
public record MeanEstimate(double mean, Optional<Interval> interval, long count) {

    /**
     * The estimate from observations, such as one value per replication.
     *
     * @param confidence between 0 and 1, such as 0.95
     */
    public static MeanEstimate of(Tally tally, double confidence) {
        Interval.requireConfidence(confidence);
        if (tally.count() < 2) {
            return new MeanEstimate(tally.mean(), Optional.empty(), tally.count());
        }
        double t = TDistribution.of(tally.count() - 1).inverseCumulativeProbability((1 + confidence) / 2);
        double halfWidth = t * tally.standardDeviation() / Math.sqrt(tally.count());
        Interval interval = new Interval(tally.mean() - halfWidth, tally.mean() + halfWidth, confidence);
        return new MeanEstimate(tally.mean(), Optional.of(interval), tally.count());
    }

    /** As {@link #of(Tally, double)}. */
    public static MeanEstimate of(double[] observations, double confidence) {
        return of(Tally.of(observations), confidence);
    }
}
