package trainyard.training.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.training.calibration.fit.ConcurrencyFitter.Together;

class ConcurrencyFitterTest {

    private static final int TIMES = 1999;

    /** Quantiles of a log-normal law: its mean is {@code exp(sigma^2 / 2)} times its median, its cv {@code sqrt(exp(sigma^2) - 1)}. */
    private static double[] times(double median, double sigma) {
        NormalDistribution normal = new NormalDistribution();
        return IntStream.rangeClosed(1, TIMES)
                .mapToDouble(i -> median * Math.exp(sigma * normal.inverseCumulativeProbability(i / (TIMES + 1.0))))
                .toArray();
    }

    @Test
    void slowDownAndSpreadOfLogNormalTimesAreFound() {
        double sigma = 0.3;
        ConcurrencyFit fit = ConcurrencyFitter.fit(
                "mlp", 2, List.of(new Together(1, times(1.5, sigma)), new Together(0.01, times(0.025, sigma))));
        assertThat(fit.slowDown()).isCloseTo(2 * Math.exp(sigma * sigma / 2), within(1e-3));
        assertThat(fit.cv()).isCloseTo(Math.sqrt(Math.expm1(sigma * sigma)), within(1e-3));
        assertThat(fit.jobs()).isEqualTo(2);
        assertThat(fit.samples()).isEqualTo(2 * TIMES);
    }

    /** One repetition in which the machine did something else counts for nothing. */
    @Test
    void anInterruptionDoesNotCount() {
        double[] times = times(1, 0.1);
        times[TIMES / 2] = 400;
        ConcurrencyFit fit = ConcurrencyFitter.fit("mlp", 2, List.of(new Together(1, times)));
        assertThat(fit.cv()).isCloseTo(0.1, within(2e-3));
        assertThat(fit.slowDown()).isCloseTo(Math.exp(0.005), within(2e-3));
    }
}
