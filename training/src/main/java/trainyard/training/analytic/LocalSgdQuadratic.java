package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/**
 * Local SGD on one {@link NoisyQuadraticSgd} that all workers share: H steps each, then the average. Derived here; the setting is that
 * of S. Stich, "Local SGD Converges Fast and Communicates Little" (ICLR 2019).
 *
 * <p>The average moves as synchronous SGD with the mean of all gradients does, in law and at every step: on such an objective rare
 * averaging costs nothing. Use {@link LocalSgdFixedPoint} to see what it costs where workers differ.
 *
 * @param workers P, at least 1
 * @param steps H between averages, at least 1
 * @param quadratic with the noise of one worker
 */
public record LocalSgdQuadratic(int workers, int steps, NoisyQuadraticSgd quadratic) {

    public LocalSgdQuadratic {
        Checks.atLeast("workers", workers, 1);
        Checks.atLeast("steps", steps, 1);
    }

    /** E[w^2] of the average after so many rounds: that of synchronous SGD after H times as many steps. */
    public double meanSquare(double start, int rounds) {
        Checks.atLeast("rounds", rounds, 0);
        return quadratic.averaged(workers).meanSquare(start, Math.multiplyExact(rounds, steps));
    }

    /**
     * {@code (1 - 1/P) lr^2 sigma2 (1 - (1-a)^(2H)) / (1 - (1-a)^2)}: mean square distance of a worker from the average just before
     * it is taken.
     */
    public double deviation() {
        double keep = Math.pow(1 - quadratic.step(), 2);
        double sum = keep == 1 ? steps : (1 - Math.pow(keep, steps)) / (1 - keep);
        return (1 - 1.0 / workers)
                * quadratic.learningRate()
                * quadratic.learningRate()
                * quadratic.noiseVariance()
                * sum;
    }
}
