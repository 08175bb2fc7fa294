package trainyard.training.optimizer;

import java.util.Arrays;

/** The steps so far, such that the sum of the last ones is at hand. */
final class StepSums {
    /** The sum of the first i steps. */
    private double[] sums = new double[64];

    private int count;

    /** Sum of the last steps, or of all where there are fewer. */
    double last(long steps) {
        return sums[count] - sums[(int) Math.max(0, count - steps)];
    }

    /** Adds a step. */
    void add(double step) {
        if (count + 1 == sums.length) {
            sums = Arrays.copyOf(sums, 2 * sums.length);
        }
        sums[count + 1] = sums[count] + step;
        count++;
    }
}
