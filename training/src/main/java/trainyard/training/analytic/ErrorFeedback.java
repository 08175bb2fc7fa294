package trainyard.training.analytic;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Top-k with error feedback of one and the same gradient at each step: {@code p = g + e}; the k values of p that are greatest in size
 * are sent, the first of equals first; e becomes what was not. Source: S. Stich et al., "Sparsified SGD with Memory" (NeurIPS 2018).
 */
public final class ErrorFeedback {

    private ErrorFeedback() {}

    /**
     * What is sent at a step.
     *
     * @param gradient g
     * @param kept k, from 1 to the length of the gradient
     * @param step from 1
     */
    public static double[] sent(double[] gradient, int kept, int step) {
        Checks.between("kept", kept, 1, gradient.length);
        Checks.atLeast("step", step, 1);
        double[] error = new double[gradient.length];
        double[] sent = error;
        for (int i = 0; i < step; i++) {
            double[] value = new double[gradient.length];
            for (int j = 0; j < value.length; j++) {
                value[j] = gradient[j] + error[j];
            }
            sent = greatest(value, kept);
            for (int j = 0; j < value.length; j++) {
                error[j] = value[j] - sent[j];
            }
        }
        return sent;
    }

    private static double[] greatest(double[] value, int kept) {
        double[] greatest = new double[value.length];
        IntStream.range(0, value.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(value[j])))
                .limit(kept)
                .forEach(j -> greatest[j] = value[j]);
        return greatest;
    }
}
