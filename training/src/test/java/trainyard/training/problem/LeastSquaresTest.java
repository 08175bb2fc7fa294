package trainyard.training.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

class LeastSquaresTest {
    private final RandomStreams streams = new RandomStreams(8, 0);

    /** Targets 1, 2, 2 at 0, 1, 2: the line 7/6 + x/2 leaves -1/6, 1/3 and -1/6, squares that add up to 1/6. */
    @Test
    void aLineThroughThreePoints() {
        double[][] design = {{1, 0}, {1, 1}, {1, 2}};
        LeastSquares problem = LeastSquares.of(design, new double[] {1, 2, 2}, (batch, rows) -> rows[0] = 2);
        assertThat(problem.solution()).containsExactly(new double[] {7.0 / 6, 0.5}, within(1e-14));
        assertThat(problem.leastLoss().orElseThrow()).isCloseTo(1.0 / 36, within(1e-15));
        assertThat(problem.loss(problem.start())).isCloseTo(9.0 / 6, within(1e-14));
        double[] gradient = new double[2];
        problem.gradient(new double[] {1, 1}, new Batch(0, 0, 1), gradient);
        assertThat(gradient).as("error of 1 at the row 1, 2").containsExactly(1, 2);
    }

    @Test
    void curvaturesHaveTheStatedCondition() {
        LeastSquares problem = problem(new LeastSquares.Shape(60, 5, 100, 0.3));
        double[][] curvature = new double[5][];
        double[] origin = gradient(problem, new double[5]);
        for (int i = 0; i < 5; i++) {
            double[] unit = new double[5];
            unit[i] = 1;
            curvature[i] = gradient(problem, unit);
            for (int j = 0; j < 5; j++) {
                curvature[i][j] -= origin[j];
            }
        }
        double[] eigenvalues = new EigenDecomposition(new Array2DRowRealMatrix(curvature)).getRealEigenvalues();
        double step = Math.sqrt(10);
        assertThat(eigenvalues).containsExactly(new double[] {1, 1 / step, 0.1, 0.1 / step, 0.01}, within(1e-12));
    }

    @Test
    void atTheSolutionTheFullGradientVanishesAndTheLossIsLeast() {
        LeastSquares problem = problem(new LeastSquares.Shape(60, 5, 100, 0.3));
        assertThat(gradient(problem, problem.solution())).containsExactly(new double[5], within(1e-13));
        assertThat(problem.loss(problem.solution()))
                .isEqualTo(problem.leastLoss().orElseThrow());
        assertThat(problem.leastLoss().orElseThrow()).isBetween(0.02, 0.07);
        assertThat(problem.loss(problem.start()))
                .isGreaterThan(problem.leastLoss().orElseThrow());
        assertThat(problem.epoch()).hasValue(60);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> new LeastSquares.Shape(3, 4, 10, 0))
                .hasMessage("3 rows do not determine 4 coordinates");
        assertThatThrownBy(() -> new LeastSquares.Shape(4, 4, 0.5, 0)).hasMessageContaining("condition");
        assertThatThrownBy(() -> new LeastSquares.Shape(4, 4, 1, Double.NaN)).hasMessageContaining("noise");
    }

    private LeastSquares problem(LeastSquares.Shape shape) {
        return LeastSquares.of(shape, ShuffledShards.everyRow(shape.rows(), streams), streams);
    }

    private static double[] gradient(LeastSquares problem, double[] parameters) {
        double[] gradient = new double[parameters.length];
        problem.gradient(parameters, new Batch(0, 0, 60), gradient);
        return gradient;
    }
}
