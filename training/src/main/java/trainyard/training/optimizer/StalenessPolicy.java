package trainyard.training.optimizer;

/** How much less a late gradient counts. */
public sealed interface StalenessPolicy {

    /** By what the learning rate is multiplied for a gradient of a staleness in updates. */
    double factor(long staleness);

    /** Late gradients count as fresh ones. */
    record Ignore() implements StalenessPolicy {
        @Override
        public double factor(long staleness) {
            return 1;
        }
    }

    /** {@code 1 / tau} from a staleness of 1 on (Zhang et al. 2016, arXiv 1511.05950, staleness-aware async-SGD). */
    record Inverse() implements StalenessPolicy {
        @Override
        public double factor(long staleness) {
            return 1.0 / Math.max(1, staleness);
        }
    }

    /**
     * {@code (1 + tau)^-a} (Xie et al. 2019, arXiv 1903.03934, FedAsync with polynomial weights).
     *
     * @param exponent a, 0 or more
     */
    record Polynomial(double exponent) implements StalenessPolicy {
        public Polynomial {
            if (!(exponent >= 0)) {
                throw new IllegalArgumentException("exponent (" + exponent + ") must be 0 or more");
            }
        }

        @Override
        public double factor(long staleness) {
            return Math.pow(1 + staleness, -exponent);
        }
    }
}
