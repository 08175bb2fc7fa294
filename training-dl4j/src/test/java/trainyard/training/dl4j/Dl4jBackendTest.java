package trainyard.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.network.ArraysBackend;
import trainyard.training.network.Dataset;
import trainyard.training.network.Digits;
import trainyard.training.network.NetworkBackends;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.Batch;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;

class Dl4jBackendTest {
    private static final double STEP = 1e-6;

    private final RandomStreams streams = new RandomStreams(4, 0);
    private final Dl4jBackend dl4j = new Dl4jBackend();
    private final Dataset.Labelled digits = Digits.read();
    private final Dataset.Text text = text(5, 6, 40);

    /** Sequences in which a symbol is mostly followed by the next one. */
    private static Dataset.Text text(int symbols, int length, int sequences) {
        UniformRandomProvider random = new RandomStreams(9, 0).stream("text");
        int[][] rows = new int[sequences][length + 1];
        for (int[] row : rows) {
            row[0] = random.nextInt(symbols);
            for (int i = 1; i < row.length; i++) {
                row[i] = random.nextDouble() < 0.8 ? (row[i - 1] + 1) % symbols : random.nextInt(symbols);
            }
        }
        return new Dataset.Text("text", symbols, length, rows, Arrays.copyOf(rows, 10), 0.9);
    }

    private Problem problem(NetworkSpec network, Dataset data) {
        return dl4j.problem(network, data, ShuffledShards.everyRow(data.rows(), streams), streams);
    }

    @Test
    void isFoundByItsName() {
        assertThat(NetworkBackends.named("dl4j")).isInstanceOf(Dl4jBackend.class);
        assertThat(NetworkBackends.named("arrays")).isInstanceOf(ArraysBackend.class);
    }

    /** Parameters away from the start, where no gradient is small by chance, and batches of one and many examples. */
    @Test
    void gradientsAreThoseOfPlainArrays() {
        compare(new NetworkSpec.Softmax(), digits);
        compare(new NetworkSpec.Mlp(List.of(32)), digits);
        compare(new NetworkSpec.Mlp(List.of(20, 12)), digits);
        compare(new NetworkSpec.Softmax(), text);
    }

    private void compare(NetworkSpec network, Dataset data) {
        Problem plain =
                new ArraysBackend().problem(network, data, ShuffledShards.everyRow(data.rows(), streams), streams);
        Problem own = problem(network, data);
        assertThat(own.blocks()).isEqualTo(plain.blocks());
        assertThat(own.start()).isEqualTo(plain.start());
        assertThat(own.epoch()).isEqualTo(plain.epoch());
        double[] at = plain.start();
        double[] expected = new double[at.length];
        double[] actual = new double[at.length];
        for (int step = 0; step < 12; step++) {
            Batch batch = new Batch(step % 3, step, step % 2 == 0 ? 16 : 1);
            plain.gradient(at, batch, expected);
            own.gradient(at, batch, actual);
            assertThat(distance(expected, actual)).isLessThan(1e-12 * norm(expected));
            assertThat(own.loss(at)).isCloseTo(plain.loss(at), within(1e-12 * plain.loss(at)));
            assertThat(own.accuracy(at)).isEqualTo(plain.accuracy(at));
            for (int i = 0; i < at.length; i++) {
                at[i] -= 0.3 * expected[i];
            }
        }
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }

    private static double distance(double[] one, double[] other) {
        return norm(IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] - other[i])
                .toArray());
    }

    @Test
    void otherGradientsAreThoseOfFiniteDifferences() {
        checkSlopes(new NetworkSpec.Cnn(3, 8), few(digits, 30), 1e-6);
        checkSlopes(new NetworkSpec.Lstm(7), text, 1e-7);
        checkSlopes(new NetworkSpec.Transformer(8, 2), text, 1e-7);
    }

    private static Dataset.Labelled few(Dataset.Labelled data, int rows) {
        Dataset.Examples some = new Dataset.Examples(
                Arrays.copyOf(data.train().features(), rows * data.features()),
                Arrays.copyOf(data.train().labels(), rows));
        return new Dataset.Labelled(data.name(), data.height(), data.width(), data.classes(), some, some);
    }

    /** All blocks, a few values of each; the batch is the whole data. */
    private void checkSlopes(NetworkSpec network, Dataset data, double tolerance) {
        Problem problem = problem(network, data);
        double[] at = problem.start();
        UniformRandomProvider random = streams.stream("away");
        for (int i = 0; i < at.length; i++) {
            at[i] += 0.2 * (random.nextDouble() - 0.5);
        }
        double[] gradient = new double[at.length];
        problem.gradient(at, new Batch(0, 0, data.rows()), gradient);
        assertThat(norm(gradient)).isGreaterThan(0.1);
        problem.blocks().forEach(block -> {
            for (int i = block.offset(); i < block.end(); i += Math.max(1, block.size() / 3)) {
                assertThat(gradient[i])
                        .as("%s, %s at %d", network, block.name(), i - block.offset())
                        .isCloseTo(slope(problem, at, i), within(tolerance));
            }
        });
    }

    private static double slope(Problem problem, double[] at, int i) {
        double[] moved = at.clone();
        moved[i] = at[i] + STEP;
        double above = problem.loss(moved);
        moved[i] = at[i] - STEP;
        return (above - problem.loss(moved)) / (2 * STEP);
    }

    @Test
    void sameSeedSameBits() {
        for (NetworkSpec network : List.of(new NetworkSpec.Lstm(7), new NetworkSpec.Transformer(8, 2))) {
            double[] first = trained(problem(network, text), 8);
            assertThat(trained(problem(network, text), 8)).as("%s", network).isEqualTo(first);
        }
        double[] first = trained(problem(new NetworkSpec.Cnn(3, 8), digits), 8);
        assertThat(trained(problem(new NetworkSpec.Cnn(3, 8), digits), 8)).isEqualTo(first);
    }

    @Test
    void problemsOfSeveralThreadsDoNotMeet() {
        double[] alone = trained(problem(new NetworkSpec.Lstm(7), text), 8);
        List<double[]> together = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> trained(problem(new NetworkSpec.Lstm(7), text), 8))
                .toList();
        assertThat(together).allSatisfy(one -> assertThat(one).isEqualTo(alone));
    }

    private static double[] trained(Problem problem, int steps) {
        return trained(problem, steps, 0.3);
    }

    private static double[] trained(Problem problem, int steps, double rate) {
        double[] at = problem.start();
        double[] gradient = new double[at.length];
        for (int step = 0; step < steps; step++) {
            problem.gradient(at, new Batch(0, step, 8), gradient);
            for (int i = 0; i < at.length; i++) {
                at[i] -= rate * gradient[i];
            }
        }
        return at;
    }

    @Test
    void networksLearn() {
        Problem cnn = problem(new NetworkSpec.Cnn(8, 32), digits);
        assertThat(cnn.accuracy(trained(cnn, 100, 0.1)).orElseThrow()).isGreaterThan(0.7);
        Problem lstm = problem(new NetworkSpec.Lstm(8), text);
        assertThat(lstm.loss(trained(lstm, 50, 1))).isLessThan(1.2);
        Problem transformer = problem(new NetworkSpec.Transformer(8, 2), text);
        assertThat(transformer.loss(trained(transformer, 40))).isLessThan(1);
    }

    /** Without a look ahead each prediction is a conditional probability, and all texts that begin alike add up to 1. */
    @Test
    void aTransformerDoesNotLookAhead() {
        int[][] texts = IntStream.range(0, 27)
                .mapToObj(i -> new int[] {0, i / 9, i / 3 % 3, i % 3})
                .toArray(int[][]::new);
        double sum = 0;
        for (int[] sequence : texts) {
            int[][] one = {sequence};
            Problem problem = problem(new NetworkSpec.Transformer(8, 2), new Dataset.Text("one", 3, 3, one, one, 0));
            sum += Math.exp(-3 * problem.loss(problem.start()));
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> problem(new NetworkSpec.Lstm(3), digits))
                .hasMessageContaining("does not fit its data");
        assertThatThrownBy(() -> problem(new NetworkSpec.Cnn(3, 3), text))
                .hasMessageContaining("does not fit its data");
        Dataset.Labelled row = new Dataset.Labelled("row", 1, 64, 10, digits.train(), digits.test());
        assertThatThrownBy(() -> problem(new NetworkSpec.Cnn(3, 3), row))
                .hasMessageContaining("at least 4 x 4, not 1 x 64");
    }

    @Test
    void whatIsNotANumberStaysSo() {
        for (NetworkSpec network : List.of(new NetworkSpec.Mlp(List.of(4)), new NetworkSpec.Cnn(2, 4))) {
            Problem problem = problem(network, few(digits, 8));
            double[] at = problem.start();
            at[at.length - 1] = Double.NaN;
            assertThat(problem.loss(at)).isNaN();
            assertThat(problem.accuracy(at)).hasValue(0);
        }
    }
}
