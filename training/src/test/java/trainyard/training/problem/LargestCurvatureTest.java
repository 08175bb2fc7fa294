package trainyard.training.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.network.ArraysBackend;
import trainyard.training.network.Dataset;
import trainyard.training.network.Digits;
import trainyard.training.network.NetworkBackends;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.NoisyQuadratic.Bowl;

class LargestCurvatureTest {
    private final RandomStreams streams = new RandomStreams(2, 0);

    @Test
    void ofAQuadraticItIsTheGreatestCurvatureDespiteNoise() {
        Problem problem =
                new NoisyQuadratic(List.of(NoisyQuadratic.Bowl.of(0.5, 4, 1)), 1, new double[] {1, 2, 3}, streams);
        LargestCurvature curvature = LargestCurvature.at(problem, problem.start(), 1, 1e-8, 100);
        assertThat(curvature.value()).isCloseTo(4, within(1e-5));
        assertThat(curvature.hasConverged()).isTrue();
        assertThat(LargestCurvature.at(problem, problem.start(), 1, 1e-8, 2).hasConverged())
                .isFalse();
    }

    @Test
    void ofLeastSquaresItIsOneByConstruction() {
        LeastSquares problem =
                LeastSquares.of(new LeastSquares.Shape(50, 6, 30, 0.1), ShuffledShards.everyRow(50, streams), streams);
        LargestCurvature curvature = LargestCurvature.at(problem, problem.start(), 50, 1e-9, 200);
        assertThat(curvature.value()).isCloseTo(1, within(1e-6));
    }

    /** A saddle with -5 and 2: the greatest in magnitude is not the greatest. */
    @Test
    void atASaddleItIsTheDirectionThatCurvesUp() {
        assertThat(LargestCurvature.at(saddle(-5, 2), new double[2], 1, 1e-9, 200)
                        .value())
                .isCloseTo(2, within(1e-6));
        assertThat(LargestCurvature.at(saddle(-5, -2), new double[2], 1, 1e-9, 200)
                        .value())
                .isCloseTo(-2, within(1e-6));
        assertThat(LargestCurvature.at(saddle(0, 0), new double[2], 1, 1e-9, 200)
                        .value())
                .isZero();
    }

    /**
     * At weights of 0 all ten classes are as likely, and the second derivative of softmax is {@code (I - 11'/10) / 10} times that
     * of the features with a one: its largest eigenvalue is a tenth of theirs.
     */
    @Test
    void ofSoftmaxAtZeroItFollowsFromTheFeatures() {
        Dataset.Labelled digits = Digits.read();
        int rows = digits.rows();
        double[][] features = new double[rows][65];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < 64; i++) {
                features[row][i] = digits.train().features()[64 * row + i];
            }
            features[row][64] = 1;
        }
        RealMatrix design = new Array2DRowRealMatrix(features);
        RealMatrix moments = design.transpose().multiply(design).scalarMultiply(1.0 / rows);
        double expected = new EigenDecomposition(moments).getRealEigenvalue(0) / 10;
        Problem problem = new ArraysBackend()
                .problem(new NetworkSpec.Softmax(), digits, ShuffledShards.everyRow(rows, streams), streams);
        LargestCurvature curvature = LargestCurvature.at(problem, new double[650], rows, 1e-6, 50);
        assertThat(curvature.value()).isCloseTo(expected, within(1e-4 * expected));
    }

    /** The gradient of |x| jumps by 2 at 0, which over any width looks like a curvature of 1 over it. */
    @Test
    void atAKinkThereIsNone() {
        assertThat(LargestCurvature.at(ofGradient(Math::signum), new double[2], 1, 1e-9, 200)
                        .isSmooth())
                .isFalse();
        assertThat(LargestCurvature.at(ofGradient(Math::sin), new double[2], 1, 1e-9, 200)
                        .isSmooth())
                .isTrue();
        assertThat(LargestCurvature.at(saddle(-5, 2), new double[2], 1, 1e-9, 200)
                        .isSmooth())
                .isTrue();
        assertThat(LargestCurvature.at(saddle(0, 0), new double[2], 1, 1e-9, 200)
                        .isSmooth())
                .isTrue();
    }

    /** What one worker of two sees is of curvature 1 or 3, and the objective of 2. */
    @Test
    void itIsThatOfAllWorkersTogether() {
        Problem apart = new NoisyQuadratic(
                List.of(Bowl.of(1, 0.5), Bowl.of(3, 0.5)), 1, new double[2], new RandomStreams(1, 0));
        assertThat(LargestCurvature.at(apart, new double[2], 1, 1e-9, 200).value())
                .isCloseTo(2, within(1e-6));
    }

    /** Of ten digits by class among ten workers each sees one. */
    @Test
    void itIsThatOfAllExamplesWhoeverHasThem() {
        Dataset.Labelled digits = Digits.read();
        double[] curvatures = new double[2];
        for (int skew = 0; skew < 2; skew++) {
            RandomStreams streams = new RandomStreams(1, 0);
            Problem problem = NetworkBackends.named("arrays")
                    .problem(
                            new NetworkSpec.Softmax(),
                            digits,
                            ShuffledShards.byLabel(digits.train().labels(), 10, skew, streams),
                            streams);
            curvatures[skew] = LargestCurvature.at(problem, problem.start(), 512, 1e-6, 100)
                    .value();
        }
        assertThat(curvatures[1]).isEqualTo(curvatures[0]);
    }

    private static Problem ofGradient(DoubleUnaryOperator slope) {
        return new Problem() {
            @Override
            public List<ParameterBlock> blocks() {
                return List.of(new ParameterBlock("x", 0, 0, 1, 2));
            }

            @Override
            public double[] start() {
                return new double[2];
            }

            @Override
            public void gradient(double[] parameters, Batch batch, double[] gradient) {
                gradient[0] = slope.applyAsDouble(parameters[0]);
                gradient[1] = slope.applyAsDouble(parameters[1]);
            }

            @Override
            public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
                gradient(parameters, new Batch(0, 0, 1), gradient);
            }

            @Override
            public double loss(double[] parameters) {
                throw new UnsupportedOperationException("no curvature needs a loss");
            }
        };
    }

    private static Problem saddle(double first, double second) {
        return new Problem() {
            @Override
            public List<ParameterBlock> blocks() {
                return List.of(new ParameterBlock("x", 0, 0, 1, 2));
            }

            @Override
            public double[] start() {
                return new double[2];
            }

            @Override
            public void gradient(double[] parameters, Batch batch, double[] gradient) {
                gradient[0] = first * parameters[0];
                gradient[1] = second * parameters[1];
            }

            @Override
            public void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
                gradient(parameters, new Batch(0, 0, 1), gradient);
            }

            @Override
            public double loss(double[] parameters) {
                return (first * parameters[0] * parameters[0] + second * parameters[1] * parameters[1]) / 2;
            }
        };
    }
}
