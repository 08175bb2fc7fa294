package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.statistics.distribution.GammaDistribution;
import trainyard.sim.checks.Checks;

/**
 * Gamma by shape and scale: mean {@code shape * scale}, variance {@code shape * scale^2}.
 *
 * @param shape positive
 * @param scale positive
 */
public record Gamma(double shape, double scale) implements Distribution {

    public Gamma {
        Checks.positive("shape", shape);
        Checks.positive("scale", scale);
    }

    /** The one with a mean and a coefficient of variation: {@code shape = 1 / cv^2}. */
    public static Gamma withMean(double mean, double cv) {
        Checks.positive("mean", mean);
        Checks.positive("cv", cv);
        return new Gamma(1 / (cv * cv), mean * cv * cv);
    }

    @Override
    public double mean() {
        return shape * scale;
    }

    @Override
    public double standardDeviation() {
        return Math.sqrt(shape) * scale;
    }

    @Override
    public double cumulativeProbability(double x) {
        return GammaDistribution.of(shape, scale).cumulativeProbability(x);
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return GammaDistribution.of(shape, scale).inverseSurvivalProbability(Checks.probability("probability", p));
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, scale);
    }

    @Override
    public Distribution times(double factor) {
        return new Gamma(shape, scale * factor);
    }
}
