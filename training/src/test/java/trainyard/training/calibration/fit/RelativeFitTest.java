package trainyard.training.calibration.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

class RelativeFitTest {

    /** Costs made of known coefficients over seven decades come back to 1e-6. */
    @Test
    void exactCostsGiveTheirCoefficients() {
        double[] known = {1e-4, 2e-4, 1.3e-11, 2e-9};
        double[][] x = rows(40);
        double[] fit = RelativeFit.of(x, costs(x, known));
        for (int j = 0; j < known.length; j++) {
            assertThat(fit[j] / known[j]).isCloseTo(1, within(1e-6));
        }
    }

    /** A fifth of the samples four times as slow moves the coefficients of absolute errors hardly; squares would follow it. */
    @Test
    void disturbedSamplesMoveLittle() {
        double[] known = {1e-4, 2e-4, 1.3e-11, 2e-9};
        double[][] x = rows(60);
        double[] y = costs(x, known);
        for (int i = 0; i < y.length; i += 5) {
            y[i] *= 4;
        }
        double[] fit = RelativeFit.of(x, y);
        for (int j = 0; j < known.length; j++) {
            assertThat(fit[j] / known[j]).isCloseTo(1, within(0.02));
        }
    }

    /** Hand-computed: y = 3 - x at x = 1, 2 wants a slope of -1; the best that is not negative is a constant. */
    @Test
    void noCoefficientIsNegative() {
        double[] fit = RelativeFit.of(new double[][] {{1, 1}, {1, 2}, {1, 1}, {1, 1}}, new double[] {2, 1, 2, 2});
        assertThat(fit[1]).isZero();
        assertThat(fit[0]).isCloseTo(2, within(1e-3));
    }

    /** The gradient is 0 where a coefficient is above 0, and points out of the allowed region elsewhere. */
    @Test
    void leastSquaresMeetTheConditionsOfAnOptimum() {
        UniformRandomProvider random = new RandomStreams(5, 0).stream("problems");
        for (int trial = 0; trial < 200; trial++) {
            double[][] a = new double[6][3];
            double[] b = new double[6];
            for (int i = 0; i < 6; i++) {
                b[i] = random.nextDouble() - 0.3;
                for (int j = 0; j < 3; j++) {
                    a[i][j] = random.nextDouble() - 0.5;
                }
            }
            double[][] gram = new double[3][3];
            double[] target = new double[3];
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 3; j++) {
                    target[j] += a[i][j] * b[i];
                    for (int k = 0; k < 3; k++) {
                        gram[j][k] += a[i][j] * a[i][k];
                    }
                }
            }
            double[] fit = NonNegativeLeastSquares.solve(gram, target);
            // The conditions of Karush, Kuhn and Tucker hold at the optimum of a convex problem and nowhere else.
            for (int j = 0; j < 3; j++) {
                double slope = target[j];
                for (int k = 0; k < 3; k++) {
                    slope -= gram[j][k] * fit[k];
                }
                assertThat(fit[j]).isNotNegative();
                assertThat(slope).isLessThan(1e-8);
                assertThat(fit[j] * slope).isCloseTo(0, within(1e-8));
            }
        }
    }

    private static double[][] rows(int count) {
        UniformRandomProvider random = new RandomStreams(3, 0).stream("rows");
        double[][] x = new double[count][];
        for (int i = 0; i < count; i++) {
            x[i] = new double[] {
                1,
                1 + random.nextInt(6),
                Math.pow(10, 5 + 5 * random.nextDouble()),
                Math.pow(10, 3 + 4 * random.nextDouble())
            };
        }
        return x;
    }

    private static double[] costs(double[][] x, double[] coefficients) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < coefficients.length; j++) {
                y[i] += x[i][j] * coefficients[j];
            }
        }
        return y;
    }
}
