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
public record Optimizer(double momentum, boolean nesterov, double weightDecay) {

    /** Plain gradient descent. */
    public static final Optimizer PLAIN = new Optimizer(0, false, 0);

    public Optimizer {
        if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "momentum (" + momentum + ") must be in [0, 1) and weight decay (" + weightDecay + ") 0 or more");
        }
    }

    /** With momentum alone. */
    public static Optimizer withMomentum(double momentum) {
        return new Optimizer(momentum, false, 0);
    }

    /**
     * The same with as much less momentum as asynchrony adds by itself: {@code max(0, m - (1 - 1/P))}. In the mean, P equal
     * asynchronous workers move like one with a momentum of {@code 1 - 1/P} (Mitliagkas et al. 2016, arXiv 1605.09774).
     *
     * @param workers P, 1 or more
     */
    public Optimizer correctedForAsynchrony(int workers) {
        return new Optimizer(Math.max(0, momentum - (1 - 1.0 / workers)), nesterov, weightDecay);
    }
}
