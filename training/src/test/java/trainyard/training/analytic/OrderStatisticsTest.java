package trainyard.training.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Empirical;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.Gamma;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Pareto;
import trainyard.sim.random.ShiftedExponential;
import trainyard.sim.random.Uniform;
import trainyard.sim.random.Weibull;

class OrderStatisticsTest {

    private static final Percentage EXACT = Percentage.withPercentage(1e-7);

    /** The last of 4 with mean 3 s: 3 (1/4 + 1/3 + 1/2 + 1). The first: 3/4. */
    @Test
    void exponentialTimesAddUpInverseCounts() {
        Distribution law = new Exponential(3);
        assertThat(OrderStatistics.mean(law, 4, 4)).isCloseTo(6.25, within(1e-12));
        assertThat(OrderStatistics.mean(law, 1, 4)).isCloseTo(0.75, within(1e-12));
        assertThat(OrderStatistics.variance(law, 2, 4)).isCloseTo(9 * (1 / 16.0 + 1 / 9.0), within(1e-12));
        assertThat(OrderStatistics.mean(new ShiftedExponential(2, 3), 4, 4)).isCloseTo(8.25, within(1e-12));
        assertThat(OrderStatistics.variance(new ShiftedExponential(2, 3), 1, 4)).isCloseTo(9 / 16.0, within(1e-12));
    }

    /** Quadrature of a Weibull law of shape 1, which is exponential, against the sum. */
    @Test
    void quadratureAgreesWithTheSum() {
        for (int p : new int[] {1, 2, 7, 64, 256, 4096}) {
            for (int k : new int[] {1, (p + 1) / 2, p}) {
                assertThat(OrderStatistics.mean(new Weibull(1, 3), k, p))
                        .isCloseTo(OrderStatistics.mean(new Exponential(3), k, p), EXACT);
                assertThat(OrderStatistics.variance(new Weibull(1, 3), k, p))
                        .isCloseTo(OrderStatistics.variance(new Exponential(3), k, p), EXACT);
            }
        }
    }

    /** Of all P the order statistics are the sample itself, so their means add up to P means. */
    @Test
    void meansAddUpToThoseOfAllTimes() {
        for (Distribution law : new Distribution[] {
            new Weibull(0.5, 2), new Weibull(4, 1), new LogNormal(2, 3), new LogNormal(1, 0.1), Gamma.withMean(2, 1.5)
        }) {
            double sum = 0;
            for (int k = 1; k <= 12; k++) {
                sum += OrderStatistics.mean(law, k, 12);
            }
            assertThat(sum).as("%s", law).isCloseTo(12 * law.mean(), EXACT);
            double standardDeviation = law.standardDeviation();
            assertThat(OrderStatistics.variance(law, 1, 1))
                    .as("%s", law)
                    .isCloseTo(standardDeviation * standardDeviation, Percentage.withPercentage(1e-5));
        }
    }

    /** The least of 8 Weibull times is Weibull with scale 2 / 8^(1/0.7). */
    @Test
    void theLeastWeibullTimeIsWeibull() {
        assertThat(OrderStatistics.mean(new Weibull(0.7, 2), 1, 8))
                .isCloseTo(new Weibull(0.7, 2 / Math.pow(8, 1 / 0.7)).mean(), EXACT);
    }

    /** Two with alpha 2 and x_m 3: the least is Pareto with alpha 4, mean 4; together 2 x 6, so the greatest has 8. */
    @Test
    void paretoTimesHaveHeavyTails() {
        assertThat(OrderStatistics.mean(new Pareto(3, 2), 1, 2)).isCloseTo(4, within(1e-9));
        assertThat(OrderStatistics.mean(new Pareto(3, 2), 2, 2)).isCloseTo(8, within(1e-9));
        assertThat(OrderStatistics.mean(new Pareto(3, 1), 2, 2)).isInfinite();
        assertThat(OrderStatistics.variance(new Pareto(3, 2), 1, 2)).isCloseTo(18 - 16, within(1e-9));
        assertThat(OrderStatistics.variance(new Pareto(3, 2), 2, 2)).isInfinite();
    }

    /** 10 s to 14 s: of 3 times the second lies in the middle, the first a quarter up. */
    @Test
    void uniformTimesDivideTheInterval() {
        assertThat(OrderStatistics.mean(new Uniform(10, 14), 2, 3)).isCloseTo(12, within(1e-12));
        assertThat(OrderStatistics.mean(new Uniform(10, 14), 1, 3)).isCloseTo(11, within(1e-12));
        assertThat(OrderStatistics.variance(new Uniform(10, 14), 1, 1)).isCloseTo(16 / 12.0, within(1e-12));
        assertThat(OrderStatistics.mean(new Fixed(7), 2, 3)).isEqualTo(7);
        assertThat(OrderStatistics.variance(new Fixed(7), 2, 3)).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> OrderStatistics.mean(new Exponential(1), 5, 4))
                .hasMessage("K (5) must be a whole number from 1 to 4");
        assertThatThrownBy(() -> OrderStatistics.mean(new Exponential(1), 0, 0)).hasMessage("P (0) must be at least 1");
        assertThatThrownBy(() -> OrderStatistics.mean(Empirical.of(1, 2), 1, 2))
                .hasMessageContaining("observed values");
    }
}
