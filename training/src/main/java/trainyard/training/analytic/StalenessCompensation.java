package trainyard.training.analytic;

/** What update rules do to a gradient of staleness tau. */
public final class StalenessCompensation {

    private StalenessCompensation() {}

    /**
     * {@code (1 + tau)^-p}: the polynomial weight of a stale update. Source: C. Xie et al., "Asynchronous Federated Optimization"
     * (arXiv 1903.03934); FLSim (facebookresearch/FLSim) has the same.
     *
     * @param tau 0 or more; a mean staleness need not be whole
     * @param exponent p, 0 or more
     */
    public static double polynomialWeight(double tau, double exponent) {
        Checks.notNegative("tau", tau);
        Checks.notNegative("exponent", exponent);
        return Math.pow(1 + tau, -exponent);
    }

    /**
     * {@code lr / tau}, and lr for tau below 1. Source: W. Zhang et al., "Staleness-aware Async-SGD for Distributed Deep Learning"
     * (IJCAI 2016, arXiv 1511.05950).
     */
    public static double learningRate(double learningRate, double tau) {
        Checks.positive("learningRate", learningRate);
        Checks.notNegative("tau", tau);
        return learningRate / Math.max(1, tau);
    }

    /**
     * {@code g + lambda_0 g g (w_now - w_read)}: one coordinate of the gradient that DC-ASGD applies. Source: S. Zheng et al.,
     * "Asynchronous Stochastic Gradient Descent with Delay Compensation" (ICML 2017, arXiv 1609.08326).
     */
    public static double delayCompensated(double gradient, double now, double read, double strength) {
        Checks.finite("gradient", gradient);
        Checks.notNegative("strength", strength);
        return gradient + strength * gradient * gradient * (now - read);
    }
}
