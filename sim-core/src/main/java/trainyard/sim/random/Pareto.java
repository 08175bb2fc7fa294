package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.checks.Checks;

/**
 * Pareto of type I: {@code P(X > x) = (scale / x)^shape} from the scale on. Its tail falls by a power and not exponentially, so
 * that the slowest of many workers waits for few that take many times the mean (Johnson, Kotz, Balakrishnan, Continuous
 * Univariate Distributions 1, 1994, chapter 20).
 *
 * @param scale least value, positive
 * @param shape positive; the mean is infinite up to 1 and the standard deviation up to 2
 */
public record Pareto(double scale, double shape) implements Distribution {

    public Pareto {
        Checks.positive("scale", scale);
        Checks.positive("shape", shape);
    }

    /** The one of a mean and a coefficient of variation: {@code shape = 1 + sqrt(1 + 1 / cv^2)}, above 2. */
    public static Pareto withMean(double mean, double cv) {
        Checks.positive("mean", mean);
        Checks.positive("cv", cv);
        double shape = 1 + Math.sqrt(1 + 1 / (cv * cv));
        return new Pareto(mean * (shape - 1) / shape, shape);
    }

    @Override
    public double mean() {
        return shape <= 1 ? Double.POSITIVE_INFINITY : scale * shape / (shape - 1);
    }

    @Override
    public double standardDeviation() {
        return shape <= 2 ? Double.POSITIVE_INFINITY : mean() / Math.sqrt(shape * (shape - 2));
    }

    @Override
    public double cumulativeProbability(double x) {
        return x <= scale ? 0 : -Math.expm1(shape * Math.log(scale / x));
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return scale * StrictMath.pow(Checks.probability("probability", p), -1 / shape);
    }

    /** Draws by inversion: the logarithm of what is above the scale is exponential with mean one over the shape. */
    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        ContinuousSampler exponential = ZigguratSampler.Exponential.of(random, 1 / shape);
        return () -> scale * StrictMath.exp(exponential.sample());
    }

    @Override
    public Distribution times(double factor) {
        return new Pareto(scale * factor, shape);
    }
}
