package trainyard.scheduler.hetero;

/** Symmetric positive definite matrices of a few rows. */
final class SmallMatrix {

    private SmallMatrix() {}

    /** The inverse, by Gauss and Jordan without a search for pivots, which such a matrix does not need. */
    static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] left = new double[size][];
        double[][] right = new double[size][size];
        for (int i = 0; i < size; i++) {
            left[i] = matrix[i].clone();
            right[i][i] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double scale = 1 / left[pivot][pivot];
            for (int k = 0; k < size; k++) {
                left[pivot][k] *= scale;
                right[pivot][k] *= scale;
            }
            for (int row = 0; row < size; row++) {
                double factor = left[row][pivot];
                if (row != pivot && factor != 0) {
                    for (int k = 0; k < size; k++) {
                        left[row][k] -= factor * left[pivot][k];
                        right[row][k] -= factor * right[pivot][k];
                    }
                }
            }
        }
        return right;
    }

    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }
}
