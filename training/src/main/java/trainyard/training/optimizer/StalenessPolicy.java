package trainyard.training.optimizer;

/** How much less a late gradient counts. */
public sealed interface StalenessPolicy {

    /** The policy in one run; it may look at the gradients before. */
    Steps begin();

    /** One run of a policy, for one set of parameters. */
    @FunctionalInterface
    interface Steps {

        /**
         * By what the learning rate is multiplied for a gradient of the next update.
         *
         * @param staleness of that gradient in updates, 0 or more
         */
        double factor(long staleness);

        /**
         * Is told of each update.
         *
         * @param factor mean factor of its gradients
         */
        default void updated(double factor) {}
    }

    /** Late gradients count as fresh ones. */
    record Ignore() implements StalenessPolicy {
        @Override
        public Steps begin() {
            return staleness -> 1;
        }
    }

    /** {@code 1 / tau} from a staleness of 1 on (Zhang et al. 2016, arXiv 1511.05950, staleness-aware async-SGD). */
    record Inverse() implements StalenessPolicy {
        @Override
        public Steps begin() {
            return staleness -> 1.0 / Math.max(1, staleness);
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
        public Steps begin() {
            return staleness -> Math.pow(1 + staleness, -exponent);
        }
    }

    /**
     * {@code min(1, M / tau)}: gradients that are no later than the number of workers count in full, later ones in proportion
     * (the delay-adaptive steps of Mishchenko et al. 2022, arXiv 2206.07638, and Koloskova et al. 2022, arXiv 2206.08307, with
     * the learning rate for {@code 1 / (4 L M)}).
     *
     * @param usualStaleness M, 1 or more
     */
    record Threshold(long usualStaleness) implements StalenessPolicy {
        public Threshold {
            if (usualStaleness < 1) {
                throw new IllegalArgumentException("the usual staleness (" + usualStaleness + ") must be 1 or more");
            }
        }

        @Override
        public Steps begin() {
            return staleness -> Math.min(1, (double) usualStaleness / Math.max(1, staleness));
        }
    }

    /**
     * Steps that together, over the delay of any gradient, are no longer than one undelayed step (Wu et al. 2022, arXiv
     * 2202.08550, first delay-adaptive rule): {@code f_k = a max(0, 1 - sum of f_t over the tau updates before)}. The learning
     * rate is that of one worker; no bound of the delays has to be known.
     *
     * @param share a, in (0, 1]
     */
    record Budget(double share) implements StalenessPolicy {
        public Budget {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("the share (" + share + ") must be in (0, 1]");
            }
        }

        @Override
        public Steps begin() {
            StepSums sums = new StepSums();
            return new Steps() {
                @Override
                public double factor(long staleness) {
                    return share * Math.max(0, 1 - sums.last(staleness));
                }

                @Override
                public void updated(double factor) {
                    sums.add(factor);
                }
            };
        }
    }
}
