package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/**
 * Bound on the gap of the loss after J updates of a strongly convex objective: {@code floor + (1 - lr c')^J (F_0 - floor)}, {@code
 * floor = lr L sigma2 / (2 c' K m)}. K-sync has {@code c' = c}; K-async, whose gradients are stale, {@code c' = c (1 - gamma + p_0 /
 * 2)}. Source: S. Dutta et al., "Slow and Stale Gradients Can Win the Race" (AISTATS 2018, arXiv 1803.01113), recalled and not
 * checked against its text.
 *
 * @param learningRate lr, positive
 * @param smoothness L, positive
 * @param variance sigma2 of the gradient of one sample, 0 or more
 * @param convexity c, positive
 * @param gradients K gradients per update
 * @param batch m samples per gradient
 */
public record ErrorBound(
        double learningRate, double smoothness, double variance, double convexity, int gradients, int batch) {

    public ErrorBound {
        Checks.positive("learningRate", learningRate);
        Checks.positive("smoothness", smoothness);
        Checks.notNegative("variance", variance);
        Checks.positive("convexity", convexity);
        Checks.atLeast("gradients", gradients, 1);
        Checks.atLeast("batch", batch, 1);
    }

    /**
     * The bound for fresh gradients.
     *
     * @param gap F_0, loss above its least at the start
     * @param updates J
     */
    public double fresh(double gap, long updates) {
        return bound(1, gap, updates);
    }

    /**
     * The bound for stale gradients.
     *
     * @param gamma how far stale gradients differ from fresh ones, from 0 to 1
     * @param freshChance p_0, chance that a gradient is not stale
     */
    public double stale(double gamma, double freshChance, double gap, long updates) {
        return bound(1 - gamma + freshChance / 2, gap, updates);
    }

    private double bound(double factor, double gap, long updates) {
        Checks.positive("gamma'", factor);
        Checks.notNegative("gap", gap);
        Checks.atLeast("updates", updates, 0);
        double convex = convexity * factor;
        double floor = learningRate * smoothness * variance / (2 * convex * gradients * batch);
        return floor + Math.pow(1 - learningRate * convex, updates) * (gap - floor);
    }
}
