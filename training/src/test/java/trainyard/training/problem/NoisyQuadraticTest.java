package trainyard.training.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.NoisyQuadratic.Bowl;

class NoisyQuadraticTest {
    private final RandomStreams streams = new RandomStreams(6, 0);

    @Test
    void withoutNoiseTheGradientIsTheSlopeOfTheBowl() {
        NoisyQuadratic problem = new NoisyQuadratic(List.of(Bowl.of(2, 0.5)), 0, new double[] {3, -4}, streams);
        double[] gradient = new double[2];
        problem.gradient(problem.start(), new Batch(5, 9, 1), gradient);
        assertThat(gradient).containsExactly(6, -2);
        assertThat(problem.loss(problem.start())).isEqualTo(2 * 9 / 2.0 + 0.5 * 16 / 2);
        assertThat(problem.leastLoss()).hasValue(0);
    }

    /** Curvatures 1 and 2 with minima 0 and 1: least at 2/3, where the bowls are at 2/9 and 1/9. */
    @Test
    void differentBowlsAreLeastAtTheirWeightedMean() {
        List<Bowl> bowls = List.of(new Bowl(List.of(1.0), List.of(0.0)), new Bowl(List.of(2.0), List.of(1.0)));
        NoisyQuadratic problem = new NoisyQuadratic(bowls, 0, new double[] {0}, streams);
        assertThat(problem.minimiser()[0]).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(problem.leastLoss().orElseThrow()).isCloseTo(1.0 / 6, within(1e-15));
        double[] gradient = new double[1];
        problem.gradient(new double[] {0.5}, new Batch(1, 0, 1), gradient);
        assertThat(gradient[0]).isEqualTo(-1);
        problem.gradient(new double[] {0.5}, new Batch(2, 0, 1), gradient);
        assertThat(gradient[0]).as("the third worker starts over").isEqualTo(0.5);
    }

    @Test
    void aBatchHasTheSameNoiseWheneverItIsAskedFor() {
        NoisyQuadratic problem = new NoisyQuadratic(List.of(Bowl.of(1, 1)), 1, new double[2], streams);
        double[] first = noise(problem, new Batch(3, 7, 4));
        noise(problem, new Batch(3, 8, 4));
        assertThat(noise(problem, new Batch(3, 7, 4))).isEqualTo(first);
        assertThat(noise(problem, new Batch(7, 3, 4))).doesNotContain(first);
        assertThat(noise(problem, new Batch(3, 8, 4))).doesNotContain(first);
    }

    /** Variance sigma2 over the batch: 40,000 draws give it to 4 standard errors of 0.7 %, and the mean of 0 alike. */
    @Test
    void theVarianceOfTheNoiseFallsWithTheBatch() {
        NoisyQuadratic problem = new NoisyQuadratic(List.of(Bowl.of(1)), 9, new double[1], streams);
        int n = 40_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double value = noise(problem, new Batch(i % 7, i / 7, 4))[0];
            sum += value;
            squares += value * value;
        }
        double variance = 9.0 / 4;
        assertThat(sum / n).isCloseTo(0, within(4 * Math.sqrt(variance / n)));
        assertThat(squares / n).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / n)));
    }

    /** E[w_T^2] = (1-a)^(2T) (w0^2 - S) + S with S = lr sigma2 / (B c (2-a)), a = lr c: 4000 runs within 4 standard errors. */
    @Test
    void gradientDescentEndsAtItsNoiseFloor() {
        double rate = 0.5;
        double sum = 0;
        double squares = 0;
        int runs = 4000;
        for (int run = 0; run < runs; run++) {
            NoisyQuadratic problem =
                    new NoisyQuadratic(List.of(Bowl.of(1)), 4, new double[] {2}, new RandomStreams(11, run));
            double[] w = problem.start();
            double[] gradient = new double[1];
            for (int step = 0; step < 10; step++) {
                problem.gradient(w, new Batch(0, step, 16), gradient);
                w[0] -= rate * gradient[0];
            }
            sum += w[0] * w[0];
            squares += w[0] * w[0] * w[0] * w[0];
        }
        double floor = rate * 4 / (16 * (2 - rate));
        double expected = Math.pow(1 - rate, 20) * (4 - floor) + floor;
        double error = Math.sqrt((squares / runs - sum / runs * sum / runs) / runs);
        assertThat(sum / runs).isCloseTo(expected, within(4 * error));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new NoisyQuadratic(List.of(Bowl.of(1)), 0, new double[2], streams))
                .hasMessage("each bowl needs 2 coordinates, as many as the start");
        assertThatThrownBy(() -> Bowl.of(1, 0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new NoisyQuadratic(List.of(Bowl.of(1)), -1, new double[1], streams))
                .hasMessageContaining("variance");
    }

    private static double[] noise(NoisyQuadratic problem, Batch batch) {
        double[] gradient = new double[problem.parameters()];
        problem.gradient(new double[problem.parameters()], batch, gradient);
        return gradient;
    }
}
