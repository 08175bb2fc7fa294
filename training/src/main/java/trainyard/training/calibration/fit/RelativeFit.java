package trainyard.training.calibration.fit;

import java.util.Arrays;

/**
 * Non-negative coefficients {@code c} of least {@code sum_i |x_i c / y_i - 1|}: the mean absolute relative error, which a
 * sample that another process has disturbed moves little. Found by least squares with weights {@code 1 / |error|}, again and
 * again (iteratively reweighted least squares; Schlossmacher, "An iterative technique for absolute deviations curve fitting",
 * JASA 1973).
 */
public final class RelativeFit {

    private static final int ROUNDS = 40;

    /** Below this relative error a sample weighs no more. */
    private static final double LEAST_ERROR = 1e-4;

    private RelativeFit() {}

    /**
     * @param x amounts by sample and coefficient, at least 0
     * @param y what they cost, above 0
     * @return a coefficient of each column; 0 for a column of zeros
     */
    public static double[] of(double[][] x, double[] y) {
        if (x.length == 0) {
            throw new IllegalArgumentException("no sample to fit");
        }
        int columns = x[0].length;
        double[] scale = new double[columns];
        double[][] relative = relative(x, y, scale);
        double[] weights = new double[y.length];
        Arrays.fill(weights, 1);
        double[] solution = new double[columns];
        for (int round = 0; round < ROUNDS; round++) {
            solution = weighted(relative, weights);
            for (int i = 0; i < y.length; i++) {
                weights[i] = 1 / Math.max(LEAST_ERROR, Math.abs(dot(relative[i], solution) - 1));
            }
        }
        for (int j = 0; j < columns; j++) {
            solution[j] = scale[j] == 0 ? 0 : solution[j] / scale[j];
        }
        return solution;
    }

    /** Amounts over costs, each column brought to a largest value of 1. */
    private static double[][] relative(double[][] x, double[] y, double[] scale) {
        double[][] relative = new double[x.length][scale.length];
        for (int j = 0; j < scale.length; j++) {
            for (int i = 0; i < x.length; i++) {
                relative[i][j] = x[i][j] / y[i];
                scale[j] = Math.max(scale[j], relative[i][j]);
            }
            for (int i = 0; i < x.length && scale[j] > 0; i++) {
                relative[i][j] /= scale[j];
            }
        }
        return relative;
    }

    private static double[] weighted(double[][] rows, double[] weights) {
        int columns = rows[0].length;
        double[][] gram = new double[columns][columns];
        double[] target = new double[columns];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                double weighted = weights[i] * rows[i][j];
                target[j] += weighted;
                for (int k = 0; k < columns; k++) {
                    gram[j][k] += weighted * rows[i][k];
                }
            }
        }
        double[] length = new double[columns];
        for (int j = 0; j < columns; j++) {
            length[j] = gram[j][j] > 0 ? Math.sqrt(gram[j][j]) : 1;
        }
        for (int j = 0; j < columns; j++) {
            target[j] /= length[j];
            for (int k = 0; k < columns; k++) {
                gram[j][k] /= length[j] * length[k];
            }
        }
        double[] solution = NonNegativeLeastSquares.solve(gram, target);
        for (int j = 0; j < columns; j++) {
            solution[j] /= length[j];
        }
        return solution;
    }

    private static double dot(double[] row, double[] coefficients) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum += row[j] * coefficients[j];
        }
        return sum;
    }
}
