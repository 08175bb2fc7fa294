package trainyard.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.Batch;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;

class DenseClassifierTest {
    private final RandomStreams streams = new RandomStreams(4, 0);
    private final ArraysBackend backend = new ArraysBackend();
    private final Dataset.Labelled digits = Digits.read();

    @Test
    void theBackendIsFoundByItsName() {
        assertThat(ServiceLoader.load(NetworkBackend.class).stream()
                        .map(provider -> provider.get().name()))
                .contains("arrays");
        assertThat(backend.supports(new NetworkSpec.Mlp(List.of(3)))).isTrue();
        assertThat(backend.supports(new NetworkSpec.Lstm(3))).isFalse();
        assertThatThrownBy(() -> digits(new NetworkSpec.Lstm(3))).hasMessageContaining("plain arrays know softmax");
    }

    /** Two features 1 and 2 of class 0, weights of 0: probabilities of 1/2, so the errors are -1/2 and 1/2. */
    @Test
    void softmaxByHand() {
        Dataset.Examples one = new Dataset.Examples(new float[] {1, 2}, new int[] {0});
        Dataset.Labelled data = new Dataset.Labelled("one", 1, 2, 2, one, one);
        Problem problem = backend.problem(new NetworkSpec.Softmax(), data, (batch, rows) -> rows[0] = 0, streams);
        double[] gradient = new double[6];
        problem.gradient(new double[6], new Batch(0, 0, 1), gradient);
        assertThat(gradient).containsExactly(-0.5, 0.5, -1, 1, -0.5, 0.5);
        assertThat(problem.loss(new double[6])).isCloseTo(Math.log(2), within(1e-15));
        assertThat(problem.accuracy(new double[] {0, 1, 0, 0, 0, 0})).hasValue(0);
        assertThat(problem.accuracy(new double[] {1, 0, 0, 0, 0, 0})).hasValue(1);
        assertThat(problem.epoch()).hasValue(1);
    }

    /**
     * One feature 1, two hidden units at 2 and -1, of which ReLU leaves the first; logits 2 and 0 by weights 1, 0. With
     * {@code q = 1 / (1 + e^2)} the errors are -q and q, and -q reaches the first hidden weight.
     */
    @Test
    void perceptronByHand() {
        Dataset.Examples one = new Dataset.Examples(new float[] {1}, new int[] {0});
        Dataset.Labelled data = new Dataset.Labelled("one", 1, 1, 2, one, one);
        Problem problem = backend.problem(new NetworkSpec.Mlp(List.of(2)), data, (batch, rows) -> rows[0] = 0, streams);
        double[] parameters = {2, -1, 0, 0, 1, 0, 5, 7, 0, 0};
        double[] gradient = new double[10];
        problem.gradient(parameters, new Batch(0, 0, 1), gradient);
        double q = 1 / (1 + Math.exp(2));
        double[] expected = {-q, 0, -q, 0, -2 * q, 2 * q, 0, 0, -q, q};
        assertThat(gradient).containsExactly(expected, within(1e-15));
        assertThat(problem.loss(parameters)).isCloseTo(Math.log1p(Math.exp(-2)), within(1e-15));
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        for (NetworkSpec network : List.of(
                new NetworkSpec.Softmax(), new NetworkSpec.Mlp(List.of(32)), new NetworkSpec.Mlp(List.of(12, 9)))) {
            Problem problem = digits(network);
            double[] at = problem.start();
            double[] gradient = new double[at.length];
            problem.gradient(at, new Batch(0, 0, digits.rows()), gradient);
            for (int i = 3; i < at.length; i += at.length / 40) {
                double numeric = slope(problem, at, i);
                assertThat(gradient[i]).as("%s at %d", network, i).isCloseTo(numeric, within(1e-7));
            }
        }
    }

    private static double slope(Problem problem, double[] at, int i) {
        double step = 1e-6;
        double[] moved = at.clone();
        moved[i] = at[i] + step;
        double above = problem.loss(moved);
        moved[i] = at[i] - step;
        return (above - problem.loss(moved)) / (2 * step);
    }

    @Test
    void aBatchIsTheMeanOfItsExamples() {
        Problem problem = digits(new NetworkSpec.Mlp(List.of(32)));
        double[] mean = new double[problem.parameters()];
        double[] one = new double[problem.parameters()];
        for (int i = 0; i < 16; i++) {
            problem.gradient(problem.start(), new Batch(2, 16 + i, 1), one);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += one[j] / 16;
            }
        }
        double[] batch = new double[problem.parameters()];
        problem.gradient(problem.start(), new Batch(2, 1, 16), batch);
        assertThat(batch).containsExactly(mean, within(1e-15));
    }

    @Test
    void theStartFollowsFromTheBlocksAndTheSeed() {
        Problem problem = digits(new NetworkSpec.Mlp(List.of(32)));
        assertThat(problem.blocks())
                .containsExactly(
                        new ParameterBlock("hidden 1 weights", 0, 0, 64, 32),
                        new ParameterBlock("hidden 1 biases", 0, 2048, 1, 32),
                        new ParameterBlock("output weights", 1, 2080, 32, 10),
                        new ParameterBlock("output biases", 1, 2400, 1, 10));
        assertThat(problem.parameters()).isEqualTo(2410);
        double[] start = problem.start();
        assertThat(digits(new NetworkSpec.Mlp(List.of(32))).start()).isEqualTo(start);
        double squares = 0;
        for (int i = 0; i < 2048; i++) {
            squares += start[i] * start[i];
        }
        assertThat(squares / 2048).as("variance 2/64").isCloseTo(1.0 / 32, within(4.0 / 32 * Math.sqrt(2.0 / 2048)));
        assertThat(start[2050]).isZero();
        assertThat(backend.problem(new NetworkSpec.Softmax(), digits, (batch, rows) -> {}, streams.forReplication(1))
                        .start())
                .isNotEqualTo(digits(new NetworkSpec.Softmax()).start());
    }

    /** Plain gradient descent learns the digits: 92 % of those held out by softmax and 95 % by a perceptron. */
    @Test
    void digitsAreLearnt() {
        assertThat(trained(new NetworkSpec.Softmax(), 900)).isGreaterThan(0.92);
        assertThat(trained(new NetworkSpec.Mlp(List.of(32)), 1800)).isGreaterThan(0.95);
    }

    private double trained(NetworkSpec network, int steps) {
        Problem problem = digits(network);
        double[] parameters = problem.start();
        double[] gradient = new double[parameters.length];
        double before = problem.loss(parameters);
        for (int step = 0; step < steps; step++) {
            problem.gradient(parameters, new Batch(0, step, 16), gradient);
            for (int i = 0; i < gradient.length; i++) {
                parameters[i] -= 0.2 * gradient[i];
            }
        }
        assertThat(problem.loss(parameters)).isLessThan(before / 5);
        return problem.accuracy(parameters).orElseThrow();
    }

    @Test
    void whatIsNotANumberStaysSo() {
        Problem problem = digits(new NetworkSpec.Mlp(List.of(32)));
        double[] parameters = problem.start();
        parameters[2410 - 330] = Double.NaN;
        assertThat(problem.loss(parameters)).isNaN();
        double[] gradient = new double[2410];
        parameters = problem.start();
        parameters[2048] = Double.NaN;
        problem.gradient(parameters, new Batch(0, 0, 16), gradient);
        assertThat(gradient[2048]).isNaN();
        assertThat(problem.loss(parameters)).isNaN();
        parameters = new double[2410];
        Arrays.fill(parameters, Double.NaN);
        assertThat(problem.accuracy(parameters)).hasValue(0);
    }

    private Problem digits(NetworkSpec network) {
        return backend.problem(network, digits, ShuffledShards.everyRow(digits.rows(), streams), streams);
    }
}
