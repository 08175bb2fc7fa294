package trainyard.training.network;

import java.util.Arrays;
import java.util.List;

/** Parameters of dense layers, or a gradient, as rows: for each layer one row of weights for each input, then the biases. */
final class DenseRows {
    private final double[][][] layers;

    DenseRows(DenseLayers shape) {
        List<Integer> widths = shape.widths();
        layers = new double[shape.layers()][][];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new double[widths.get(layer) + 1][widths.get(layer + 1)];
        }
    }

    double[] weights(int layer, int input) {
        return layers[layer][input];
    }

    double[] biases(int layer) {
        double[][] rows = layers[layer];
        return rows[rows.length - 1];
    }

    /** Takes over all values in the order of {@link DenseLayers#blocks}. */
    void set(double[] values) {
        int from = 0;
        for (double[][] layer : layers) {
            for (double[] row : layer) {
                System.arraycopy(values, from, row, 0, row.length);
                from += row.length;
            }
        }
    }

    /** Writes all values in the order of {@link DenseLayers#blocks}. */
    void get(double[] values) {
        int from = 0;
        for (double[][] layer : layers) {
            for (double[] row : layer) {
                System.arraycopy(row, 0, values, from, row.length);
                from += row.length;
            }
        }
    }

    void clear() {
        for (double[][] layer : layers) {
            for (double[] row : layer) {
                Arrays.fill(row, 0);
            }
        }
    }
}
