package trainyard.sim.stats;

/**
 * Two variants compared replication by replication. With common random numbers both variants of a pair meet the same
 * luck, which cancels in the difference, so the interval is narrower than one from independent runs (Law, Simulation
 * Modeling and Analysis, 5th ed., section 11.2).
 *
 * @param difference mean of {@code a - b} with its t interval
 * @param correlation of the two series, NaN if one of them does not vary; near 1 the pairing pays
 */
public record PairedComparison(MeanEstimate difference, double correlation) {

    /**
     * Compares two series of which entries with equal index belong together.
     *
     * @throws IllegalArgumentException if their lengths differ
     */
    public static PairedComparison of(double[] a, double[] b, double confidence) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("a (" + a.length + " values) and b (" + b.length + ") must pair up");
        }
        Tally differences = new Tally();
        for (int i = 0; i < a.length; i++) {
            differences.add(a[i] - b[i]);
        }
        return new PairedComparison(MeanEstimate.of(differences, confidence), correlation(a, b));
    }

    /** Whether the interval of the difference excludes zero. */
    public boolean differs() {
        return difference.interval().map(interval -> !interval.contains(0)).orElse(false);
    }

    private static double correlation(double[] a, double[] b) {
        Tally tallyA = Tally.of(a);
        Tally tallyB = Tally.of(b);
        double products = 0;
        for (int i = 0; i < a.length; i++) {
            products += (a[i] - tallyA.mean()) * (b[i] - tallyB.mean());
        }
        double deviations = tallyA.standardDeviation() * tallyB.standardDeviation();
        return deviations > 0 ? products / (a.length - 1) / deviations : Double.NaN;
    }
}
