package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import trainyard.sim.checks.Checks;

/**
 * Lognormal by its own mean and coefficient of variation: {@code sigma^2 = ln(1 + cv^2)} and
 * {@code mu = ln(mean) - sigma^2 / 2} are those of the logarithm.
 *
 * @param mean mean of the values, not of their logarithm; positive
 * @param cv standard deviation over mean, positive
 */
public record LogNormal(double mean, double cv) implements Distribution {

    public LogNormal {
        Checks.positive("mean", mean);
        Checks.positive("cv", cv);
    }

    /** Standard deviation of the logarithm. */
    public double sigma() {
        return Math.sqrt(StrictMath.log1p(cv * cv));
    }

    /** Mean of the logarithm. */
    public double mu() {
        return StrictMath.log(mean) - StrictMath.log1p(cv * cv) / 2;
    }

    @Override
    public double standardDeviation() {
        return mean * cv;
    }

    @Override
    public double cumulativeProbability(double x) {
        return LogNormalDistribution.of(mu(), sigma()).cumulativeProbability(x);
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return LogNormalDistribution.of(mu(), sigma()).inverseSurvivalProbability(Checks.probability("probability", p));
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        double mu = mu();
        double sigma = sigma();
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        return () -> StrictMath.exp(mu + sigma * normal.sample());
    }

    @Override
    public Distribution times(double factor) {
        return new LogNormal(mean * factor, cv);
    }
}
