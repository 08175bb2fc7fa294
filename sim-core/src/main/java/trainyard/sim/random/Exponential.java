package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.checks.Checks;

/**
 * Exponential: the time to the next event of a process without memory.
 *
 * @param mean positive
 */
public record Exponential(double mean) implements Distribution {

    public Exponential {
        Checks.positive("mean", mean);
    }

    @Override
    public double standardDeviation() {
        return mean;
    }

    @Override
    public double cumulativeProbability(double x) {
        return x <= 0 ? 0 : -Math.expm1(-x / mean);
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return -mean * StrictMath.log(Checks.probability("probability", p));
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        return ZigguratSampler.Exponential.of(random, mean);
    }

    @Override
    public Distribution times(double factor) {
        return new Exponential(mean * factor);
    }
}
