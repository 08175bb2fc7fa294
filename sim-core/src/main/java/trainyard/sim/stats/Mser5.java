package trainyard.sim.stats;

/**
 * The MSER-5 rule for the length of a warm-up (White, Cobb and Spratt 2000, Proc. Winter Simulation Conference,
 * 755-760): average the series in batches of five, and drop as many leading batches as makes the half-width of the
 * naive interval of the rest least, that is, minimise {@code sum (z_j - mean)^2 / m^2} over the m batches kept.
 */
final class Mser5 {
    /** Observations per batch. */
    static final int BATCH = 5;

    private Mser5() {}

    /**
     * Number of leading observations to drop, a multiple of five.
     *
     * @return minus one if the least lies in the second half of the series: the run is too short to tell
     */
    static int truncation(double[] series) {
        int batches = series.length / BATCH;
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        double centre = batches == 0 ? 0 : mean(series, 0);
        for (int first = batches - 1; first >= 0; first--) {
            double z = mean(series, first * BATCH) - centre;
            int kept = batches - first;
            sum += z;
            squares += z * z;
            double statistic = (squares - sum * sum / kept) / ((double) kept * kept);
            if (kept > BATCH && statistic <= least) {
                least = statistic;
                best = first;
            }
        }
        return best > batches / 2 ? -1 : best * BATCH;
    }

    private static double mean(double[] series, int from) {
        double sum = 0;
        for (int i = from; i < from + BATCH; i++) {
            sum += series[i];
        }
        return sum / BATCH;
    }
}
