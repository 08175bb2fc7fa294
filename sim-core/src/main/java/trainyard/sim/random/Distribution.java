package trainyard.sim.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;

/**
 * A distribution of a quantity that is not negative: a duration, a size, a time between failures. The unit is the
 * caller's.
 */
public sealed interface Distribution
        permits Empirical, Exponential, Fixed, Gamma, LogNormal, Normal, Pareto, ShiftedExponential, Uniform, Weibull {

    /** The mean, in the unit of the draws. */
    double mean();

    /** The standard deviation, in the unit of the draws. */
    double standardDeviation();

    /**
     * The probability of a draw that is not larger.
     *
     * @param x in the unit of the draws
     */
    double cumulativeProbability(double x);

    /**
     * The value that a draw exceeds with a probability.
     *
     * @param p in [0, 1]; at 0 the greatest value there is, which may be infinite
     */
    double inverseSurvivalProbability(double p);

    /**
     * A sampler that draws from a stream. Making one is cheap but not free: keep it with the entity.
     *
     * @param random stream that no other sampler uses
     */
    ContinuousSampler sampler(UniformRandomProvider random);

    /**
     * The distribution of the draws times a factor, of the same kind: mean and standard deviation grow by it.
     *
     * @param factor positive
     */
    Distribution times(double factor);

    /** Standard deviation over mean; 0 for a mean of 0. */
    default double coefficientOfVariation() {
        return mean() == 0 ? 0 : standardDeviation() / mean();
    }
}
