package trainyard.training.analytic;

/** What update rules do to a gradient of staleness tau. */
public final class StalenessCompensation {

    private StalenessCompensation() {}

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
