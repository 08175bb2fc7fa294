package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.WeibullDistribution;
import trainyard.sim.checks.Checks;

/**
 * Weibull: {@code P(X <= x) = 1 - exp(-(x / scale)^shape)}. Below shape 1 failures cluster early, above 1 parts wear
 * out, at 1 it is exponential.
 *
 * @param shape positive
 * @param scale the 63.2 % quantile, positive
 */
public record Weibull(double shape, double scale) implements Distribution {

    public Weibull {
        Checks.positive("shape", shape);
        Checks.positive("scale", scale);
    }

    /** The one of a shape that has a mean: {@code scale = mean / Gamma(1 + 1 / shape)}. */
    public static Weibull withMean(double mean, double shape) {
        Checks.positive("mean", mean);
        Checks.positive("shape", shape);
        return new Weibull(shape, mean / WeibullDistribution.of(shape, 1).getMean());
    }

    @Override
    public double mean() {
        return WeibullDistribution.of(shape, scale).getMean();
    }

    @Override
    public double standardDeviation() {
        return Math.sqrt(WeibullDistribution.of(shape, scale).getVariance());
    }

    @Override
    public double cumulativeProbability(double x) {
        return WeibullDistribution.of(shape, scale).cumulativeProbability(x);
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return scale * StrictMath.pow(-StrictMath.log(Checks.probability("probability", p)), 1 / shape);
    }

    /** Draws by inversion: a standard exponential to the power of one over the shape. */
    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        ContinuousSampler exponential = ZigguratSampler.Exponential.of(random);
        return () -> scale * StrictMath.pow(exponential.sample(), 1 / shape);
    }

    @Override
    public Distribution times(double factor) {
        return new Weibull(shape, scale * factor);
    }
}
