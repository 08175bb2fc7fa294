package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.checks.Checks;

/**
 * A least value plus an exponential part: the usual model of the time of a worker that now and then is slow.
 *
 * @param shift least value, 0 or more
 * @param excess mean of what comes on top, positive
 */
public record ShiftedExponential(double shift, double excess) implements Distribution {

    public ShiftedExponential {
        Checks.notNegative("shift", shift);
        Checks.positive("excess", excess);
    }

    @Override
    public double mean() {
        return shift + excess;
    }

    @Override
    public double standardDeviation() {
        return excess;
    }

    @Override
    public double cumulativeProbability(double x) {
        return x <= shift ? 0 : -Math.expm1(-(x - shift) / excess);
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return shift - excess * StrictMath.log(Checks.probability("probability", p));
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        ContinuousSampler exponential = ZigguratSampler.Exponential.of(random, excess);
        return () -> shift + exponential.sample();
    }

    @Override
    public Distribution times(double factor) {
        return new ShiftedExponential(shift * factor, excess * factor);
    }
}
