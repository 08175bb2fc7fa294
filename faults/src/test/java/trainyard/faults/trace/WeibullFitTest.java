package trainyard.faults.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Weibull;

class WeibullFitTest {

    /** Standard error of the shape: 0.78 k / sqrt(n). */
    @Test
    void theShapeOfASampleIsFound() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        for (double shape : new double[] {0.3, 0.62, 1, 2.5}) {
            ContinuousSampler sampler = new Weibull(shape, 40).sampler(random);
            double[] values = sampler.samples(20_000).toArray();
            WeibullFit fit = WeibullFit.of(values);
            assertThat(fit.shape()).isCloseTo(shape, within(4 * 0.78 * shape / Math.sqrt(values.length)));
            assertThat(fit.scale()).isCloseTo(40, within(4 * 1.05 * 40 / shape / Math.sqrt(values.length)));
            assertThat(fit.likelihoodGain()).isGreaterThanOrEqualTo(-1e-6);
            assertThat(fit.likelihoodGain() > 12).isEqualTo(shape != 1);
        }
    }

    @Test
    void theUnitChangesTheScaleOnly() {
        double[] values = {1, 2, 5, 9, 30};
        WeibullFit fit = WeibullFit.of(values);
        WeibullFit large =
                WeibullFit.of(Arrays.stream(values).map(value -> 1e200 * value).toArray());
        assertThat(large.shape()).isCloseTo(fit.shape(), within(1e-9));
        assertThat(large.scale() / 1e200).isCloseTo(fit.scale(), within(1e-9));
    }

    @Test
    void gapsOfEqualTimesAreZero() {
        GapStatistics gaps = new GapStatistics(3, 1, 1, 7);
        assertThat(gaps.mean()).isEqualTo(2);
        assertThat(gaps.zeroShare()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(gaps.weibull().values()).isEqualTo(2);
        assertThat(gaps.coefficientOfVariation()).isCloseTo(Math.sqrt(8.0 / 3) / 2, within(1e-12));
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        assertThatThrownBy(() -> WeibullFit.of(3, 3)).hasMessageContaining("two different values");
        assertThatThrownBy(() -> WeibullFit.of(3, 0)).hasMessageContaining("value (0.0)");
        assertThatThrownBy(() -> new GapStatistics(1)).hasMessageContaining("two times");
    }
}
