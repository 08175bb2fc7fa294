package trainyard.scenario.chart;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How often a design, or a law, has each whole value.
 *
 * @param name of the design or the law
 * @param percent of all values, by the value from 0 on; greater ones count with the last
 */
record HistogramShares(String name, double[] percent) {

    private static final double ALL = 100 - 1e-6;

    /** Whether it has one value alone. */
    boolean isConstant() {
        return percent[mostly()] > ALL;
    }

    /** The value that it has most often, the first of equal ones. */
    int mostly() {
        return IntStream.range(0, percent.length)
                .boxed()
                .max(Comparator.<Integer>comparingDouble(value -> percent[value])
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }
}
