package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;
import trainyard.sim.checks.Checks;

/**
 * Normal, of a quantity that is not negative: so narrow that fewer than 3 of 10 million draws would be. Those are 0, which moves
 * no moment by 1e-7 of the mean.
 *
 * @param mean positive
 * @param standardDeviation positive, at most a fifth of the mean
 */
public record Normal(double mean, double standardDeviation) implements Distribution {

    /** The largest standard deviation over the mean. */
    public static final double MOST_CV = 0.2;

    /** By how much, as a share, products of a mean and of its deviation may be rounded apart. */
    private static final double ROUNDING = 1e-12;

    public Normal {
        Checks.positive("mean", mean);
        Checks.positive("standardDeviation", standardDeviation);
        if (standardDeviation > MOST_CV * mean * (1 + ROUNDING)) {
            throw new IllegalArgumentException(
                    "a normal time has a standard deviation of a fifth of its mean at most, got " + standardDeviation
                            + " of " + mean);
        }
    }

    @Override
    public double cumulativeProbability(double x) {
        return x < 0 ? 0 : NormalDistribution.of(mean, standardDeviation).cumulativeProbability(x);
    }

    @Override
    public double inverseSurvivalProbability(double p) {
        return Math.max(
                0,
                NormalDistribution.of(mean, standardDeviation)
                        .inverseSurvivalProbability(Checks.probability("probability", p)));
    }

    @Override
    public ContinuousSampler sampler(UniformRandomProvider random) {
        ContinuousSampler standard = ZigguratSampler.NormalizedGaussian.of(random);
        return () -> Math.max(0, mean + standardDeviation * standard.sample());
    }

    @Override
    public Distribution times(double factor) {
        return new Normal(mean * factor, standardDeviation * factor);
    }
}
