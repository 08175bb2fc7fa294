package trainyard.training.optimizer;

/**
 * Stochastic gradient descent with heavy-ball momentum (Polyak 1964) or Nesterov's (in the form of Sutskever et al. 2013):
 *
 * <pre>  v = m v + g + d w;   w = w - r v,   with Nesterov  w = w - r (g + d w + m v)</pre>
 *
 * @param momentum m, in [0, 1)
 * @param nesterov whether the step looks ahead
 * @param weightDecay d, 0 or more
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimizer {

    /** Plain gradient descent. */
    public static final Sgd PLAIN = new Sgd(0, false, 0);

    public Sgd {
        if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "momentum (" + momentum + ") must be in [0, 1) and weight decay (" + weightDecay + ") 0 or more");
        }
    }

    /**
     * The same with as much less momentum as asynchrony adds by itself: {@code max(0, m - (1 - 1/P))}. In the mean, P equal
     * asynchronous workers move like one with a momentum of {@code 1 - 1/P} (Mitliagkas et al. 2016, arXiv 1605.09774).
     *
     * @param workers P, 1 or more
     */
    public Sgd correctedForAsynchrony(int workers) {
        return new Sgd(Math.max(0, momentum - (1 - 1.0 / workers)), nesterov, weightDecay);
    }

    @Override
    public Steps begin(int parameters) {
        return momentum == 0 ? this::plain : new Velocity(parameters);
    }

    private double plain(double[] old, double[] gradient, double rate, double[] next, int from, int to) {
        double decay = 1 - rate * weightDecay;
        double sum = 0;
        for (int i = from; i < to; i++) {
            double value = decay * old[i] - rate * gradient[i];
            next[i] = value;
            sum += value;
        }
        return sum;
    }

    private final class Velocity implements Steps {
        private final double[] velocity;

        Velocity(int parameters) {
            velocity = new double[parameters];
        }

        @Override
        public double step(double[] old, double[] gradient, double rate, double[] next, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                double force = gradient[i] + weightDecay * old[i];
                velocity[i] = momentum * velocity[i] + force;
                double value = old[i] - rate * (nesterov ? force + momentum * velocity[i] : velocity[i]);
                next[i] = value;
                sum += value;
            }
            return sum;
        }
    }
}
