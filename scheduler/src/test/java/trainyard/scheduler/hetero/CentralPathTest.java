package trainyard.scheduler.hetero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The path of {@code cost x} over 0 < x < 1, whose barrier is {@code cost x / weight - log x - log (1 - x)}. */
class CentralPathTest {

    private static final class Interval implements CentralPath.Program {
        private final double cost;
        private double x;
        private int steps;

        Interval(double cost, double start) {
            this.cost = cost;
            this.x = start;
        }

        @Override
        public CentralPath.Step step(double weight) {
            steps++;
            double slope = cost / weight - 1 / x + 1 / (1 - x);
            double curvature = 1 / (x * x) + 1 / ((1 - x) * (1 - x));
            double dx = -slope / curvature;
            return new CentralPath.Step() {
                @Override
                public double decrementSquared() {
                    return dx * dx * curvature;
                }

                @Override
                public double longest() {
                    return CentralPath.longest(CentralPath.BEYOND, x, dx);
                }

                @Override
                public boolean staysInside(double part) {
                    return x + part * dx > 0 && x + part * dx < 1;
                }

                @Override
                public void take(double part) {
                    x += part * dx;
                }
            };
        }

        @Override
        public int constraints() {
            return 2;
        }
    }

    /** Where {@code c - 1/x + 1/(1 - x) = 0}: x = (c + 2 - sqrt(c^2 + 4)) / (2 c), and 1/2 without a cost. */
    @Test
    void aCentreIsWhereTheSlopesOfBarrierAndObjectiveCancel() {
        for (double start : new double[] {0.01, 0.3, 0.99}) {
            Interval free = new Interval(0, start);
            assertThat(CentralPath.centre(free, 1)).isTrue();
            assertThat(free.x).isCloseTo(0.5, within(1e-9));

            Interval priced = new Interval(3, start);
            assertThat(CentralPath.centre(priced, 1)).isTrue();
            assertThat(priced.x).isCloseTo((5 - Math.sqrt(13)) / 6, within(1e-9));
            assertThat(priced.steps).as("damped first, then quadratic").isLessThan(CentralPath.MOST_STEPS / 2);
        }
    }

    /** The gap of two constraints is twice the last weight, which is at most 1e-9 over 2. */
    @Test
    void thePathEndsWhereTheGapIsClosed() {
        Interval priced = new Interval(3, 0.5);
        assertThat(CentralPath.follow(priced, 1)).isTrue();
        assertThat(3 * priced.x).isPositive().isLessThan(1e-8);
    }

    @Test
    void aPointOutsideHasNoStep() {
        Interval outside = new Interval(0, 2);
        assertThat(CentralPath.centre(outside, 1)).isFalse();
        assertThat(outside.x).isEqualTo(2);
    }
}
