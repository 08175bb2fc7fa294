package trainyard.training.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AsyncQuadraticTest {

    private static AsyncQuadratic of(int workers, double step, double noise) {
        return new AsyncQuadratic(workers, new NoisyQuadraticSgd(step, 1, noise));
    }

    /** One worker is never late: a plain minibatch run, however long. */
    @Test
    void oneWorkerIsSynchronous() {
        for (double step : new double[] {0.1, 0.5, 1.5}) {
            AsyncQuadratic alone = of(1, step, 1);
            NoisyQuadraticSgd sync = new NoisyQuadraticSgd(step, 1, 1);
            for (int pushes : new int[] {0, 1, 7, 5000}) {
                assertThat(alone.meanSquare(10, pushes)).isCloseTo(sync.meanSquare(10, pushes), within(1e-9));
                assertThat(alone.mean(10, pushes)).isCloseTo(sync.mean(10, pushes, 0), within(1e-9));
            }
            assertThat(alone.stationary()).isCloseTo(sync.stationary(), within(1e-12));
        }
    }

    /** The moments settle at the closed form below the limit and grow beyond any bound above it. */
    @Test
    void theLimitDecides() {
        for (int workers : new int[] {2, 4, 16}) {
            double limit = AsyncQuadratic.limit(workers);
            AsyncQuadratic below = of(workers, 0.9 * limit, 1);
            assertThat(below.meanSquare(1, 5000)).isCloseTo(below.stationary(), within(1e-6 * below.stationary()));
            assertThat(of(workers, 1.1 * limit, 1).meanSquare(1, 5000)).isGreaterThan(1e6);
        }
    }

    @Test
    void theMixtureOverPushesEnds() {
        AsyncQuadratic alone = of(1, 0.5, 0);
        // Poisson(10) pushes, each of which leaves a quarter of w^2: e^(-10 (1 - 1/4)).
        assertThat(ErrorAtTime.asyncMeanSquare(alone, 1, 1, 10)).isCloseTo(Math.exp(-7.5), within(1e-12));
        assertThat(ErrorAtTime.asyncMeanSquare(alone, 1, 1, 3000)).isCloseTo(0, within(1e-12));
        assertThat(ErrorAtTime.asyncMeanSquare(of(4, 5, 1), 1, 1, 10_000)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
