package trainyard.training.gradient;

/**
 * Compensation of a gradient's delay (Zheng et al. 2017, arXiv 1609.08326, DC-ASGD with constant lambda): {@code g + lambda g g
 * (w_now - w_read)}, each coordinate by itself. It is the first term of the Taylor series of the gradient, with {@code lambda g
 * g} in place of the diagonal of the Hessian.
 */
final class DelayCompensation {

    private DelayCompensation() {}

    /**
     * Changes a gradient in place.
     *
     * @param lambda 0 or more
     * @param read parameters at which it was computed
     * @param now parameters that it changes
     */
    static void compensate(double[] gradient, double lambda, double[] read, double[] now) {
        for (int i = 0; i < gradient.length; i++) {
            double g = gradient[i];
            gradient[i] = g + lambda * g * g * (now[i] - read[i]);
        }
    }
}
