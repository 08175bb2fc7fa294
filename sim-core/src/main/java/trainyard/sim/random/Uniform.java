package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousUniformSampler;
import trainyard.sim.checks.Checks;

/**
 * Equally likely anywhere in an interval.
 *
 * @param min 0 or more
 * @param max more than {@code min}
 */
public record Uniform(double min, double max) implements Distribution {

    public Uniform {
        Checks.notNegative("min", min);
        Checks.positive("max", max);
        if (max <= min) {
            throw new IllegalArgumentException("max (" + max + ") must be more than min (" + min + ")");
        }
    }

    @Override
    public double mean() {
        return min + (max - min) / 2;
    }

    @Override
    public double standardDeviation() {
        return (max - min) / Math.sqrt(12);
    }

    @Override
    public double cumulativeProbability(double x) {
        return Math.max(0, Math.min(1, (x - min) / (max - min)));
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return max - (max - min) * Checks.probability("probability", p);
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        return ContinuousUniformSampler.of(random, min, max);
    }

    @Override
    public Distribution times(double factor) {
        return new Uniform(min * factor, max * factor);
    }
}
