package trainyard.sim.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * The long-run mean of one run, by batch means after MSER-5 truncation.
 *
 * <p>What is left after the warm-up is cut into equal batches, whose means are treated as independent observations. As
 * many batches as possible, from {@value #MOST_BATCHES} down to {@value #FEWEST_BATCHES}, are used such that neighbouring
 * batch means show no correlation: the lag-1 autocorrelation is below its one-sided 5 % point {@code 1.645 / sqrt(b)}.
 * Where that cannot be had, there is no interval, and {@link #refusal()} says why.
 *
 * @param mean of the observations that the interval rests on; of all after the warm-up if refused
 * @param interval Student's t interval of the batch means; absent if refused
 * @param truncated observations dropped as warm-up
 * @param batches batches that the interval rests on; 0 if refused
 * @param refusal why there is no interval; empty if there is one
 */
public record BatchMeans(double mean, Optional<Interval> interval, int truncated, int batches, String refusal) {
    /** Below this number of batches the spread of their means is too uncertain for an interval. */
    public static final int FEWEST_BATCHES = 10;

    /** More batches narrow the interval hardly (Schmeiser 1982, Operations Research 30(3):556-568). */
    public static final int MOST_BATCHES = 30;

    private static final double ONE_SIDED_95 = 1.645;

    /**
     * The estimate from a series in the order of time.
     *
     * @param series at least one value
     * @param confidence between 0 and 1
     */
    public static BatchMeans of(double[] series, double confidence) {
        if (series.length == 0) {
            throw new IllegalArgumentException("series must not be empty");
        }
        int truncated = Mser5.truncation(series);
        if (truncated < 0) {
            return refused(series, 0, "the warm-up takes more than half of the run; run longer");
        }
        int kept = series.length - truncated;
        if (kept < FEWEST_BATCHES * Mser5.BATCH) {
            return refused(series, truncated, "fewer than 10 batches of 5 remain after the warm-up; run longer");
        }
        for (int batches = Math.min(MOST_BATCHES, kept / Mser5.BATCH); batches >= FEWEST_BATCHES; batches--) {
            double[] means = means(series, truncated, batches);
            if (lag1(means) < ONE_SIDED_95 / Math.sqrt(batches)) {
                MeanEstimate estimate = MeanEstimate.of(means, confidence);
                return new BatchMeans(estimate.mean(), estimate.interval(), truncated, batches, "");
            }
        }
        return refused(series, truncated, "even 10 batches are correlated; run longer");
    }

    private static BatchMeans refused(double[] series, int truncated, String reason) {
        return new BatchMeans(mean(series, truncated), Optional.empty(), truncated, 0, reason);
    }

    private static double mean(double[] series, int from) {
        return Tally.of(Arrays.copyOfRange(series, from, series.length)).mean();
    }

    /** Means of equal batches that end with the series; the few observations that do not fill a batch are left out. */
    private static double[] means(double[] series, int truncated, int batches) {
        int size = (series.length - truncated) / batches;
        int start = series.length - batches * size;
        double[] means = new double[batches];
        for (int batch = 0; batch < batches; batch++) {
            int from = start + batch * size;
            means[batch] =
                    Tally.of(Arrays.copyOfRange(series, from, from + size)).mean();
        }
        return means;
    }

    private static double lag1(double[] values) {
        Tally tally = Tally.of(values);
        double products = 0;
        for (int i = 1; i < values.length; i++) {
            products += (values[i] - tally.mean()) * (values[i - 1] - tally.mean());
        }
        double squares = tally.variance() * (values.length - 1);
        return squares == 0 ? 0 : products / squares;
    }
}
