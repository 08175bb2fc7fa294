package trainyard.training.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

class CompressorTest {
    private static final RandomStreams STREAMS = new RandomStreams(9, 0);

    private static final List<ParameterBlock> BLOCKS = List.of(
            new ParameterBlock("matrix", 0, 0, 6, 8),
            new ParameterBlock("vector", 0, 48, 1, 8),
            new ParameterBlock("other", 1, 56, 10, 12));

    private static final List<Compression> KINDS = List.of(
            new NoCompression(),
            new Fp16(),
            new TopK(0.05),
            new SignSgd(),
            new PowerSgd(1),
            new PowerSgd(2),
            new Qsgd(3, 16));

    private final UniformRandomProvider random = STREAMS.stream("test");

    /** The gradient 0.5, -2, 1.5, 0.1, -0.3 at every step: what is not among the two greatest adds up until it is. */
    @Test
    void topTwoWithFeedbackStepByStep() {
        Compressor compressor = new Compressor(new TopK(0.4), vector(5), true, STREAMS);
        double[] gradient = {0.5, -2.0, 1.5, 0.1, -0.3};
        assertThat(send(compressor, gradient)).containsExactly(0, -2, 1.5, 0, 0);
        assertThat(send(compressor, gradient)).containsExactly(0, -2, 1.5, 0, 0);
        assertThat(send(compressor, gradient)).containsExactly(1.5, -2, 0, 0, 0);
        assertThat(compressor.error(0)).containsExactly(new double[] {0, 0, 1.5, 0.3, -0.9}, within(1e-15));
        assertThat(send(compressor, gradient)).containsExactly(0, -2, 3, 0, 0);
        compressor.forget(0);
        assertThat(compressor.error(0)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void ofEqualMagnitudesTheFirstGo() {
        assertThat(send(plain(new TopK(0.5), 4), new double[] {1, -2, 1, -1})).containsExactly(1, -2, 0, 0);
        assertThat(send(plain(new TopK(1), 3), new double[] {0, -2, 1})).containsExactly(0, -2, 1);
    }

    @Test
    void signsGetTheMeanMagnitudeOfTheirBlock() {
        List<ParameterBlock> blocks = List.of(new ParameterBlock("a", 0, 0, 1, 2), new ParameterBlock("b", 0, 2, 1, 3));
        Compressor compressor = new Compressor(new SignSgd(), blocks, false, STREAMS);
        assertThat(send(compressor, new double[] {1, -3, 0, -2, 4})).containsExactly(2, -2, 2, -2, 2);
    }

    @Test
    void halfPrecisionRoundsToElevenBits() {
        double[] values = {1 + 1.0 / 2048, 1 + 3.0 / 2048, 65519, 65520, -1e9, 0x1p-24, 0x1p-25, 0x1.8p-24, -0.1, 0};
        assertThat(send(plain(new Fp16(), 10), values))
                .containsExactly(
                        1,
                        1 + 2.0 / 1024,
                        65504,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        0x1p-24,
                        0,
                        0x1p-23,
                        -0.0999755859375,
                        0);
    }

    /** 3 bits are three steps to either side: of -3, 1.4 and 0.3 the first is exact, the others are rounded right on average. */
    @Test
    void quantisedValuesAreOnTheGridAndRightOnAverage() {
        Compressor compressor = plain(new Qsgd(3, 3), 3);
        double[] sums = new double[3];
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            double[] arrived = send(compressor, new double[] {-3, 1.4, 0.3});
            assertThat(arrived[0]).isEqualTo(-3);
            assertThat(arrived[1]).isIn(1.0, 2.0);
            assertThat(arrived[2]).isIn(0.0, 1.0);
            sums[1] += arrived[1];
            sums[2] += arrived[2];
        }
        assertThat(sums[1] / n).isCloseTo(1.4, within(4 * Math.sqrt(0.24 / n)));
        assertThat(sums[2] / n).isCloseTo(0.3, within(4 * Math.sqrt(0.21 / n)));
        assertThat(send(compressor, new double[3])).containsExactly(0, 0, 0);
    }

    /** QSGD with s = 1: each value is zero or the scale, 2 of -2, 0.5 and 0.5, with its sign; 0.5 comes in one of four. */
    @Test
    void twoBitsAreOneLevelAndASign() {
        Compressor compressor = plain(new Qsgd(2, 3), 3);
        int n = 20_000;
        int levels = 0;
        for (int i = 0; i < n; i++) {
            double[] arrived = send(compressor, new double[] {-2, 0.5, -0.5});
            assertThat(arrived[0]).isEqualTo(-2);
            assertThat(arrived[1]).isIn(0.0, 2.0);
            assertThat(arrived[2]).isIn(-2.0, 0.0, -0.0);
            levels += arrived[1] == 2 ? 1 : 0;
        }
        assertThat((double) levels / n).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / n)));
    }

    @Test
    void withFeedbackNothingIsLostForGood() {
        for (Compression kind : KINDS) {
            Compressor compressor = new Compressor(kind, BLOCKS, true, STREAMS);
            double[] given = new double[176];
            double[] got = new double[176];
            for (int step = 0; step < 30; step++) {
                double[] gradient = draw(176);
                add(gradient, given);
                add(send(compressor, gradient), got);
            }
            add(compressor.error(0), got);
            assertThat(got).as(kind.toString()).containsExactly(given, within(1e-11));
        }
    }

    @Test
    void togetherNothingIsLostForGoodEither() {
        for (Compression kind : KINDS) {
            Compressor compressor = new Compressor(kind, BLOCKS, true, STREAMS);
            int[] workers = {3, 0, 2};
            double[] given = new double[176];
            double[] got = new double[176];
            for (int step = 0; step < 20; step++) {
                double[][] gradients = {draw(176), draw(176), draw(176)};
                double[] mean = new double[176];
                compressor.mean(workers, gradients, mean);
                for (int i = 0; i < 3; i++) {
                    add(gradients[i], given);
                    add(mean, got);
                }
            }
            for (int worker : workers) {
                add(compressor.error(worker), got);
            }
            assertThat(got).as(kind.toString()).containsExactly(given, within(1e-11));
        }
    }

    @Test
    void withoutFeedbackMessagesDoNotDependOnThoseBefore() {
        for (Compression kind : List.of(new NoCompression(), new Fp16(), new TopK(0.05), new SignSgd())) {
            Compressor compressor = new Compressor(kind, BLOCKS, false, STREAMS);
            double[] gradient = draw(176);
            double[] first = send(compressor, gradient);
            send(compressor, draw(176));
            assertThat(send(compressor, gradient)).isEqualTo(first);
            assertThat(compressor.error(0)).containsOnly(0);
        }
    }

    @Test
    void everythingSentIsDense() {
        double[] gradient = draw(176);
        for (Compression kind : List.of(new NoCompression(), new TopK(1), new PowerSgd(6), new PowerSgd(50))) {
            Compressor compressor = new Compressor(kind, BLOCKS, true, STREAMS);
            assertThat(send(compressor, gradient)).as(kind.toString()).containsExactly(gradient, within(1e-9));
        }
    }

    /** A matrix of rank 2 passes at rank 2; one of full rank does at full rank, and at less it is the closest in the end. */
    @Test
    void lowRankKeepsWhatFitsIntoItsRank() {
        ParameterBlock block = new ParameterBlock("matrix", 0, 0, 7, 5);
        double[] full = draw(35);
        assertThat(exchange(new LowRank(block, 5, STREAMS), full)).containsExactly(full, within(1e-9));
        double[] two = new double[35];
        double[] left = draw(14);
        double[] right = draw(10);
        for (int i = 0; i < 35; i++) {
            two[i] = left[i / 5] * right[i % 5] + left[7 + i / 5] * right[5 + i % 5];
        }
        assertThat(exchange(new LowRank(block, 2, STREAMS), two)).containsExactly(two, within(1e-9));
        assertThat(exchange(new LowRank(block, 4, STREAMS), two))
                .as("more than its rank")
                .containsExactly(two, within(1e-9));
    }

    /** Diagonal 3, 2, 1: the best of rank 1 keeps the 3; warm starts get there, a single message does not. */
    @Test
    void warmStartsFindTheGreatestDirection() {
        LowRank matrix = new LowRank(new ParameterBlock("matrix", 0, 0, 3, 3), 1, STREAMS);
        double[] diagonal = {3, 0, 0, 0, 2, 0, 0, 0, 1};
        double[] best = {3, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(distance(exchange(matrix, diagonal), best)).isGreaterThan(0.1);
        for (int i = 0; i < 40; i++) {
            exchange(matrix, diagonal);
        }
        assertThat(exchange(matrix, diagonal)).containsExactly(best, within(1e-9));
    }

    @Test
    void afterAGradientOfZerosAMatrixGoesOn() {
        LowRank matrix = new LowRank(new ParameterBlock("matrix", 0, 0, 3, 3), 2, STREAMS);
        assertThat(exchange(matrix, new double[9])).containsOnly(0);
        double[] one = {1, 2, 3, 2, 4, 6, 0, 0, 0};
        assertThat(exchange(matrix, one)).containsExactly(one, within(1e-12));
    }

    /** The mean of what three workers sent together is the compressed mean of their gradients, as sums are linear. */
    @Test
    void lowRankTogetherIsLowRankOfTheMean() {
        double[][] gradients = {draw(176), draw(176), draw(176)};
        double[] average = new double[176];
        for (double[] gradient : gradients) {
            for (int i = 0; i < 176; i++) {
                average[i] += gradient[i] / 3;
            }
        }
        double[] mean = new double[176];
        new Compressor(new PowerSgd(2), BLOCKS, false, STREAMS).mean(new int[] {0, 1, 2}, gradients, mean);
        double[] alone = send(new Compressor(new PowerSgd(2), BLOCKS, false, STREAMS), average);
        assertThat(mean).containsExactly(alone, within(1e-12));
        assertThat(distance(mean, average)).isGreaterThan(0.1);
    }

    @Test
    void whatIsNotANumberArrivesAsSuch() {
        for (Compression kind : KINDS) {
            double[] gradient = draw(176);
            gradient[60] = Double.NaN;
            assertThat(send(new Compressor(kind, BLOCKS, true, STREAMS), gradient)[60])
                    .as(kind.toString())
                    .isNaN();
        }
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new TopK(0)).hasMessageContaining("above 0 and at most 1, not 0.0");
        assertThatThrownBy(() -> new PowerSgd(0)).hasMessageContaining("rank must be 1 or more");
        assertThatThrownBy(() -> new Qsgd(1, 512))
                .hasMessageContaining("from 2 to 16 bits, its sign and a level, not 1");
        assertThatThrownBy(() -> new Qsgd(4, 0)).hasMessageContaining("1 value or more");
    }

    private static Compressor plain(Compression kind, int values) {
        return new Compressor(kind, vector(values), false, STREAMS);
    }

    private static List<ParameterBlock> vector(int values) {
        return List.of(new ParameterBlock("values", 0, 0, 1, values));
    }

    private static double[] send(Compressor compressor, double[] gradient) {
        double[] arrived = new double[gradient.length];
        compressor.send(0, gradient, arrived);
        return arrived;
    }

    private static double[] exchange(LowRank matrix, double[] values) {
        double[] arrived = new double[values.length];
        matrix.exchange(new double[][] {values}, new double[][] {arrived});
        return arrived;
    }

    private double[] draw(int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextDouble() - 0.5;
        }
        return values;
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
