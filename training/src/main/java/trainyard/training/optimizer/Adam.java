package trainyard.training.optimizer;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1), and AdamW, whose weight decay stays out of the moments (Loshchilov and
 * Hutter 2019, arXiv 1711.05101, algorithm 2). At step t of a part of the parameters, from 1:
 *
 * <pre>  g = g + d w  (Adam only)
 *   m = b1 m + (1 - b1) g;   v = b2 v + (1 - b2) g^2
 *   w = w - r (m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + e) + d w  (AdamW only))</pre>
 *
 * <p>The first step is {@code r g / (|g| + e)}: by the rate against the sign of the gradient, however long that is. A gradient that
 * counts for less therefore has to come with a lower rate; a smaller gradient would take as long a step.
 *
 * @param beta1 b1, share of the mean that is kept, in [0, 1)
 * @param beta2 b2, share of the mean square that is kept, in [0, 1)
 * @param epsilon e, positive
 * @param weightDecay d, 0 or more
 * @param isDecoupled whether it is AdamW
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean isDecoupled)
        implements Optimizer {

    public Adam {
        if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("beta1 (" + beta1 + ") and beta2 (" + beta2 + ") must be in [0, 1)");
        }
        if (!(epsilon > 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "epsilon (" + epsilon + ") must be positive and weight decay (" + weightDecay + ") 0 or more");
        }
    }

    @Override
    public Steps begin(int parameters) {
        return new Moments(parameters);
    }

    private final class Moments implements Steps {
        private final double[] mean;
        private final double[] square;

        /** Steps so far of the part that begins at an index. */
        private final long[] steps;

        Moments(int parameters) {
            mean = new double[parameters];
            square = new double[parameters];
            steps = new long[parameters];
        }

        @Override
        public double step(double[] old, double[] gradient, double rate, double[] next, int from, int to) {
            long step = ++steps[from];
            double meanScale = 1 / (1 - Math.pow(beta1, step));
            double squareScale = 1 / (1 - Math.pow(beta2, step));
            double pull = isDecoupled ? 0 : weightDecay;
            double decay = isDecoupled ? 1 - rate * weightDecay : 1;
            double sum = 0;
            for (int i = from; i < to; i++) {
                double force = gradient[i] + pull * old[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * force;
                square[i] = beta2 * square[i] + (1 - beta2) * force * force;
                double way = meanScale * mean[i] / (Math.sqrt(squareScale * square[i]) + epsilon);
                double value = decay * old[i] - rate * way;
                next[i] = value;
                sum += value;
            }
            return sum;
        }
    }
}
