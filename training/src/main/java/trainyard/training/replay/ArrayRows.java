package trainyard.training.replay;

import java.util.Arrays;

/** Operations on the rows of matrices. */
final class ArrayRows {

    private ArrayRows() {}

    static void run(Kernel.Rows kernel, float[]... arrays) {
        switch (kernel.operation()) {
            case ADD_BIAS -> addBias(kernel, arrays[0], arrays[1], arrays[2]);
            case COLUMN_SUM -> columnSum(kernel, arrays[0], arrays[1]);
            case SOFTMAX -> softmax(kernel, arrays[0], arrays[1]);
        }
    }

    private static void addBias(Kernel.Rows kernel, float[] x, float[] bias, float[] z) {
        for (int i = 0; i < kernel.rows() * kernel.columns(); i++) {
            z[i] = x[i] + bias[i % kernel.columns()];
        }
    }

    private static void columnSum(Kernel.Rows kernel, float[] x, float[] z) {
        Arrays.fill(z, 0, kernel.columns(), 0);
        for (int i = 0; i < kernel.rows() * kernel.columns(); i++) {
            z[i % kernel.columns()] += x[i];
        }
    }

    private static void softmax(Kernel.Rows kernel, float[] x, float[] z) {
        for (int from = 0; from < kernel.rows() * kernel.columns(); from += kernel.columns()) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + kernel.columns(); i++) {
                largest = Math.max(largest, x[i]);
            }
            double sum = 0;
            for (int i = from; i < from + kernel.columns(); i++) {
                sum += Math.exp(x[i] - largest);
            }
            for (int i = from; i < from + kernel.columns(); i++) {
                z[i] = (float) (Math.exp(x[i] - largest) / sum);
            }
        }
    }
}
