package trainyard.faults.trace;

import java.util.Arrays;
import trainyard.sim.stats.Tally;

/** What the times of events say about the gaps between them. Gaps are in the unit of the times. */
public final class GapStatistics {

    private final double[] gaps;

    /**
     * @param times at least two, in any order
     */
    public GapStatistics(double... times) {
        if (times.length < 2) {
            throw new IllegalArgumentException("gaps need at least two times, there are " + times.length);
        }
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        this.gaps = new double[sorted.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = sorted[i + 1] - sorted[i];
        }
    }

    /** Mean gap: the mean time between failures while the trace lasts. */
    public double mean() {
        return Tally.of(gaps).mean();
    }

    /** Standard deviation over mean; 1 for an exponential distribution. */
    public double coefficientOfVariation() {
        Tally tally = Tally.of(gaps);
        return Math.sqrt(tally.variance() * (gaps.length - 1) / gaps.length) / tally.mean();
    }

    /** Share of gaps of length 0: events at the same time as the one before. */
    public double zeroShare() {
        return Arrays.stream(gaps).filter(gap -> gap == 0).count() / (double) gaps.length;
    }

    /** The fit to the positive gaps: a Weibull distribution has no mass at 0. */
    public WeibullFit weibull() {
        return WeibullFit.of(Arrays.stream(gaps).filter(gap -> gap > 0).toArray());
    }
}
