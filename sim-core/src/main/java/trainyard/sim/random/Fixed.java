package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.checks.Checks;

/**
 * Always the same value.
 *
 * @param value 0 or more
 */
public record Fixed(double value) implements Distribution {

    public Fixed {
        Checks.notNegative("value", value);
    }

    @Override
    public double mean() {
        return value;
    }

    @Override
    public double standardDeviation() {
        return 0;
    }

    @Override
    public double cumulativeProbability(double x) {
        return x < value ? 0 : 1;
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        Checks.probability("probability", p);
        return value;
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        return () -> value;
    }

    @Override
    public Distribution times(double factor) {
        return new Fixed(value * factor);
    }
}
