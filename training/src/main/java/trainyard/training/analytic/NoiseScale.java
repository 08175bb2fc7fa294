package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/**
 * How many samples a gradient is worth averaging over. Sources: S. McCandlish et al., "An Empirical Model of Large-Batch Training"
 * (arXiv 1812.06162); A. Qiao et al., "Pollux" (OSDI 2021) and its artifact; T. Johnson et al., "AdaScale SGD" (ICML 2020).
 */
public final class NoiseScale {

    private NoiseScale() {}

    /**
     * {@code S_min (1 + B_crit / B)} with {@code B_crit = E_min / S_min}: steps to a target with batches of B samples.
     *
     * @param leastSteps S_min, of batches without end
     * @param leastExamples E_min, of batches of next to nothing
     * @param batch B
     */
    public static double steps(double leastSteps, double leastExamples, double batch) {
        return leastSteps * (1 + criticalBatch(leastSteps, leastExamples) / positive("batch", batch));
    }

    /** {@code E_min (1 + B / B_crit)}: samples to a target. */
    public static double examples(double leastSteps, double leastExamples, double batch) {
        return leastExamples * (1 + positive("batch", batch) / criticalBatch(leastSteps, leastExamples));
    }

    /** {@code B_crit = E_min / S_min}. */
    public static double criticalBatch(double leastSteps, double leastExamples) {
        return positive("leastExamples", leastExamples) / positive("leastSteps", leastSteps);
    }

    /**
     * Mean squared norms of the gradients of two batch sizes, from which norm and noise of the true gradient follow without bias.
     *
     * @param small fewer samples B_s, positive
     * @param smallNorm mean of |G_s|^2
     * @param big more samples B_b
     * @param bigNorm mean of |G_b|^2
     */
    public record Norms(double small, double smallNorm, double big, double bigNorm) {

        public Norms {
            Checks.positive("small", small);
            Checks.positive("big", big);
            Checks.notNegative("smallNorm", smallNorm);
            Checks.notNegative("bigNorm", bigNorm);
            if (big <= small) {
                throw new IllegalArgumentException("big (" + big + ") must be more than small (" + small + ")");
            }
        }

        /** {@code (B_b |G_b|^2 - B_s |G_s|^2) / (B_b - B_s)}: |G|^2 of the true gradient; an estimate, which may be negative. */
        public double trueNorm() {
            return (big * bigNorm - small * smallNorm) / (big - small);
        }

        /** {@code (|G_s|^2 - |G_b|^2) / (1/B_s - 1/B_b)}: trace of the covariance of one sample's gradient. */
        public double covariance() {
            return (smallNorm - bigNorm) / (1 / small - 1 / big);
        }

        /** {@code tr(Sigma) / |G|^2}: the simple noise scale, in samples. */
        public double scale() {
            return covariance() / trueNorm();
        }
    }

    /**
     * {@code phi = m_0 var / sqr}: the noise scale by what a run with batch m_0 measures, in samples.
     *
     * @param batch m_0
     * @param squaredNorm sqr, of the true gradient
     * @param variance var, of the gradient of a batch m_0
     */
    public static double pollux(double batch, double squaredNorm, double variance) {
        Checks.notNegative("variance", variance);
        return positive("batch", batch) * variance / positive("squaredNorm", squaredNorm);
    }

    /**
     * {@code (phi + m_0) / (phi + m)}: progress per sample with batch m over that with m_0.
     *
     * @param scale phi, 0 or more
     * @param reference m_0
     * @param batch m
     */
    public static double efficiency(double scale, double reference, double batch) {
        Checks.notNegative("scale", scale);
        return (scale + positive("reference", reference)) / (scale + positive("batch", batch));
    }

    /**
     * {@code (var + sqr) / (var / s + sqr)}: by what AdaScale raises the learning rate for s times the batch.
     *
     * @param times s, positive
     */
    public static double adaScaleGain(double squaredNorm, double variance, double times) {
        Checks.notNegative("variance", variance);
        Checks.notNegative("squaredNorm", squaredNorm);
        return (variance + squaredNorm) / (variance / positive("times", times) + squaredNorm);
    }

    private static double positive(String name, double value) {
        Checks.positive(name, value);
        return value;
    }
}
