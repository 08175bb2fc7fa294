package trainyard.sim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
    private static final int DRAWS = 20_000;

    static Stream<Distribution> continuous() {
        return Stream.of(
                new Exponential(3),
                new ShiftedExponential(2, 0.5),
                new LogNormal(4, 1.0),
                new LogNormal(0.05, 0.2),
                Weibull.withMean(10, 0.7),
                new Weibull(2, 5),
                Gamma.withMean(6, 0.4),
                new Gamma(0.5, 2),
                new Normal(3, 0.5),
                Pareto.withMean(2, 0.1),
                new Uniform(1, 4));
    }

    private static double[] draws(Distribution distribution, int n) {
        ContinuousSampler sampler = distribution.sampler(new RandomStreams(11, 0).stream("test"));
        return sampler.samples(n).toArray();
    }

    /** Kolmogorov-Smirnov: the distance stays below 1.63 / sqrt(n), the 1 % point (Smirnov 1948). */
    @ParameterizedTest
    @MethodSource("continuous")
    void drawsFollowTheCumulativeProbability(Distribution distribution) {
        double[] draws = draws(distribution, DRAWS);
        Arrays.sort(draws);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            double p = distribution.cumulativeProbability(draws[i]);
            distance = Math.max(distance, Math.max(p - i / (double) DRAWS, (i + 1) / (double) DRAWS - p));
        }
        assertThat(distance).isLessThan(1.63 / Math.sqrt(DRAWS));
    }

    /** Going to a probability and back; a share of 1e-9 asks for the far tail. */
    @ParameterizedTest
    @MethodSource("continuous")
    void inverseSurvivalGoesBack(Distribution distribution) {
        for (double p : new double[] {1e-3, 0.1, 0.5, 0.9, 0.999}) {
            double x = distribution.inverseSurvivalProbability(p);
            assertThat(1 - distribution.cumulativeProbability(x)).isCloseTo(p, within(1e-9));
        }
        assertThat(distribution.inverseSurvivalProbability(1e-9))
                .isGreaterThanOrEqualTo(distribution.inverseSurvivalProbability(1e-6));
        assertThatThrownBy(() -> distribution.inverseSurvivalProbability(1.5)).hasMessageContaining("from 0 to 1");
    }

    @Test
    void inverseSurvivalOfStepsIsAValueThatOccurs() {
        Distribution observed = Empirical.of(5, 1, 3, 9);
        assertThat(observed.inverseSurvivalProbability(1)).isEqualTo(1);
        assertThat(observed.inverseSurvivalProbability(0.75)).isEqualTo(1);
        assertThat(observed.inverseSurvivalProbability(0.74)).isEqualTo(3);
        assertThat(observed.inverseSurvivalProbability(0)).isEqualTo(9);
        assertThat(new Fixed(4).inverseSurvivalProbability(0.2)).isEqualTo(4);
    }

    /** Of the values 1 to n, k are above n - k, whatever rounding makes of (1 - k/n) n or of n k/n. */
    @Test
    void observedTailsAreCountedExactly() {
        for (int n : new int[] {1, 3, 7, 10, 49, 100, 1000}) {
            Distribution observed =
                    Empirical.of(IntStream.rangeClosed(1, n).asDoubleStream().toArray());
            for (int k = 0; k < n; k++) {
                assertThat(observed.inverseSurvivalProbability(k / (double) n)).isEqualTo(n - k);
            }
        }
    }

    /** Mean and standard deviation against the integral of the survival function (trapezoids). */
    @ParameterizedTest
    @MethodSource("continuous")
    void momentsAreThoseOfTheCumulativeProbability(Distribution distribution) {
        double upper = distribution.mean() + 60 * distribution.standardDeviation();
        int steps = 400_000;
        double h = upper / steps;
        double mean = 0;
        double square = 0;
        for (int i = 0; i < steps; i++) {
            double x = (i + 0.5) * h;
            double survival = 1 - distribution.cumulativeProbability(x);
            mean += survival * h;
            square += 2 * x * survival * h;
        }
        assertThat(distribution.mean()).isCloseTo(mean, within(2e-3 * mean));
        double deviation = Math.sqrt(square - mean * mean);
        assertThat(distribution.standardDeviation()).isCloseTo(deviation, within(1e-2 * deviation));
    }

    @Test
    void parametersMeanWhatTheySay() {
        assertThat(new LogNormal(4, 0.5).coefficientOfVariation()).isEqualTo(0.5);
        assertThat(Weibull.withMean(10, 0.7).mean()).isCloseTo(10, within(1e-12));
        assertThat(new Weibull(1, 3).mean()).isCloseTo(3, within(1e-12));
        assertThat(Gamma.withMean(6, 0.4).mean()).isCloseTo(6, within(1e-12));
        assertThat(Gamma.withMean(6, 0.4).coefficientOfVariation()).isCloseTo(0.4, within(1e-12));
        assertThat(new Uniform(1, 4).mean()).isEqualTo(2.5);
        assertThat(new ShiftedExponential(2, 0.5).mean()).isEqualTo(2.5);
        assertThat(Pareto.withMean(6, 2.5).mean()).isCloseTo(6, within(1e-12));
        assertThat(Pareto.withMean(6, 2.5).coefficientOfVariation()).isCloseTo(2.5, within(1e-12));
        assertThat(new Pareto(2, 3).mean()).isEqualTo(3);
        assertThat(new Pareto(2, 1).mean()).isInfinite();
        assertThat(new Pareto(2, 2).standardDeviation()).isInfinite();
        assertThat(new Fixed(7).coefficientOfVariation()).isZero();
    }

    @Test
    void empiricalDrawsOnlyWhatWasObservedEquallyOften() {
        Empirical observed = Empirical.of(5, 1, 1, 9);
        assertThat(observed.mean()).isEqualTo(4);
        assertThat(observed.standardDeviation()).isCloseTo(Math.sqrt(11), within(1e-12));
        double[] draws = draws(observed, DRAWS);
        assertThat(Arrays.stream(draws).distinct().sorted().toArray()).containsExactly(1, 5, 9);
        double ones = Arrays.stream(draws).filter(x -> x == 1).count() / (double) DRAWS;
        assertThat(ones).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(DRAWS)));
        assertThat(observed.cumulativeProbability(5)).isEqualTo(0.75);
    }

    /** A fifth of the mean is allowed however it was rounded, also times a factor. */
    @Test
    void aNormalOfTheGreatestVariationKeepsItTimesAFactor() {
        for (int mean = 1; mean <= 1000; mean++) {
            Distribution widest = new Normal(mean, mean / 5.0);
            for (int percent = 1; percent <= 1000; percent += 7) {
                Distribution scaled = widest.times(percent / 100.0);
                assertThat(scaled.times(1 / 3.0).coefficientOfVariation()).isCloseTo(0.2, within(1e-9));
            }
        }
        assertThatThrownBy(() -> new Normal(10, 2.0001)).hasMessageContaining("2.0001 of 10");
    }

    @Test
    void refusesImpossibleParameters() {
        assertThatThrownBy(() -> new Exponential(0)).hasMessageContaining("mean (0.0) must be positive");
        assertThatThrownBy(() -> new LogNormal(1, Double.NaN)).hasMessageContaining("cv (NaN)");
        assertThatThrownBy(() -> new Uniform(3, 3)).hasMessageContaining("max (3.0) must be more than min (3.0)");
        assertThatThrownBy(() -> new Weibull(-1, 1)).hasMessageContaining("shape (-1.0)");
        assertThatThrownBy(() -> new Fixed(-1)).hasMessageContaining("value (-1.0)");
        assertThatThrownBy(() -> new Pareto(0, 3)).hasMessageContaining("scale (0.0)");
        assertThatThrownBy(() -> Empirical.of()).hasMessageContaining("must not be empty");
    }
}
