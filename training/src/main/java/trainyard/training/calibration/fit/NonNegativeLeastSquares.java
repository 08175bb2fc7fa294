package trainyard.training.calibration.fit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The non-negative coefficients of least squared error, by the active-set method of Lawson and Hanson, "Solving Least Squares
 * Problems" (1974), on the normal equations as Bro and de Jong, "A fast non-negativity-constrained least squares algorithm"
 * (J. Chemometrics, 1997), have it.
 */
final class NonNegativeLeastSquares {

    /** Keeps two columns that say the same from making the equations singular; relative to the unit diagonal. */
    private static final double RIDGE = 1e-12;

    private static final double TOLERANCE = 1e-10;
    private static final int MOST_ROUNDS_PER_COEFFICIENT = 10;

    private final double[][] gram;
    private final double[] target;
    private final boolean[] free;
    private double[] solution;

    private NonNegativeLeastSquares(double[][] gram, double[] target) {
        this.gram = gram;
        this.target = target;
        this.free = new boolean[target.length];
        this.solution = new double[target.length];
    }

    /**
     * Minimises {@code c' gram c - 2 c' target} over {@code c >= 0}.
     *
     * @param gram products of the columns with one another; a unit diagonal
     * @param target products of the columns with what they are to add up to
     */
    static double[] solve(double[][] gram, double[] target) {
        NonNegativeLeastSquares problem = new NonNegativeLeastSquares(gram, target);
        for (int round = 0; round < MOST_ROUNDS_PER_COEFFICIENT * target.length && problem.enter(); round++) {
            problem.descend();
        }
        return problem.solution;
    }

    /** Frees the coefficient that would lower the error most; false where none would. */
    private boolean enter() {
        int best = -1;
        double steepest = TOLERANCE;
        for (int i = 0; i < target.length; i++) {
            double slope = target[i];
            for (int j = 0; j < target.length; j++) {
                slope -= gram[i][j] * solution[j];
            }
            if (!free[i] && slope > steepest) {
                steepest = slope;
                best = i;
            }
        }
        if (best >= 0) {
            free[best] = true;
        }
        return best >= 0;
    }

    /** Goes to the least error of the free coefficients; those that would become negative on the way stay at 0. */
    private void descend() {
        while (true) {
            double[] goal = unconstrained();
            double step = 1;
            for (int i = 0; i < goal.length; i++) {
                if (free[i] && goal[i] <= 0) {
                    step = Math.min(step, solution[i] / (solution[i] - goal[i]));
                }
            }
            for (int i = 0; i < goal.length; i++) {
                solution[i] += step * (goal[i] - solution[i]);
                if (free[i] && goal[i] <= 0 && solution[i] <= TOLERANCE) {
                    free[i] = false;
                    solution[i] = 0;
                }
            }
            if (step == 1) {
                return;
            }
        }
    }

    private double[] unconstrained() {
        int[] index = IntStream.range(0, free.length).filter(i -> free[i]).toArray();
        double[] goal = new double[free.length];
        if (index.length == 0) {
            return goal;
        }
        RealMatrix part = new Array2DRowRealMatrix(index.length, index.length);
        double[] right = Arrays.stream(index).mapToDouble(i -> target[i]).toArray();
        for (int i = 0; i < index.length; i++) {
            for (int j = 0; j < index.length; j++) {
                part.setEntry(i, j, gram[index[i]][index[j]] + (i == j ? RIDGE : 0));
            }
        }
        double[] values = new CholeskyDecomposition(part, TOLERANCE, 0)
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
        for (int i = 0; i < index.length; i++) {
            goal[index[i]] = values[i];
        }
        return goal;
    }
}
