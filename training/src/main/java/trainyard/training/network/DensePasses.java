package trainyard.training.network;

import static trainyard.training.network.VectorLoops.FOUR;

import java.util.List;

/**
 * Passes of four examples through dense layers with ReLU and back, in plain arrays of doubles. What is 0 is skipped: half of the
 * pixels of a digit, and the units that ReLU switches off. What is not a number is passed on.
 */
final class DensePasses {
    private final int inputs;
    private final DenseRows parameters;
    private final DenseRows gradient;
    private final float[][] features = new float[FOUR][];
    private final int[] featuresFrom = new int[FOUR];
    /** Outputs of each layer for each of the four examples, and what the loss changes by them. */
    private final double[][][] outputs;

    private final double[][][] deltas;
    /** What is not 0 among the inputs of a layer, and its row of weights. */
    private final double[] active;

    private final double[][] rows;
    private final double[] four = new double[FOUR];

    DensePasses(DenseLayers layers) {
        List<Integer> widths = layers.widths();
        inputs = widths.get(0);
        parameters = new DenseRows(layers);
        gradient = new DenseRows(layers);
        outputs = new double[layers.layers()][][];
        deltas = new double[layers.layers()][][];
        int widest = 0;
        for (int layer = 0; layer < outputs.length; layer++) {
            outputs[layer] = new double[FOUR][widths.get(layer + 1)];
            deltas[layer] = new double[FOUR][widths.get(layer + 1)];
            widest = Math.max(widest, widths.get(layer));
        }
        active = new double[widest];
        rows = new double[widest][];
    }

    /** Starts at parameters, with a gradient of 0. */
    void start(double[] values) {
        parameters.set(values);
        gradient.clear();
    }

    /** The gradient of all examples that were passed back since the start. */
    void end(double[] sum) {
        gradient.get(sum);
    }

    /**
     * Passes an example forward.
     *
     * @param slot which of the four it is
     * @return the logits, to be used before the next pass
     */
    double[] forward(int slot, Dataset.Examples examples, int row) {
        features[slot] = examples.features();
        featuresFrom[slot] = row * inputs;
        addActive(0, slot, activeFeatures(slot));
        for (int layer = 1; layer < outputs.length; layer++) {
            addActive(layer, slot, activeUnits(layer, outputs[layer - 1][slot]));
        }
        return outputs[outputs.length - 1][slot];
    }

    /** Lets a slot be a copy of another one that has been passed forward. */
    void copy(int from, int slot) {
        features[slot] = features[from];
        featuresFrom[slot] = featuresFrom[from];
        for (double[][] units : outputs) {
            System.arraycopy(units[from], 0, units[slot], 0, units[slot].length);
        }
    }

    private int activeFeatures(int slot) {
        int count = 0;
        for (int i = 0; i < inputs; i++) {
            active[count] = features[slot][featuresFrom[slot] + i];
            rows[count] = parameters.weights(0, i);
            count += active[count] == 0 ? 0 : 1;
        }
        return count;
    }

    /** Puts ReLU on the units below, which leaves what is not a number as it is. */
    private int activeUnits(int layer, double[] below) {
        int count = 0;
        for (int i = 0; i < below.length; i++) {
            if (below[i] <= 0) {
                below[i] = 0;
            } else {
                active[count] = below[i];
                rows[count] = parameters.weights(layer, i);
                count++;
            }
        }
        return count;
    }

    private void addActive(int layer, int slot, int count) {
        double[] units = outputs[layer][slot];
        System.arraycopy(parameters.biases(layer), 0, units, 0, units.length);
        int i = 0;
        for (; i + FOUR <= count; i += FOUR) {
            VectorLoops.addFour(active, rows, i, units);
        }
        for (; i < count; i++) {
            VectorLoops.add(active[i], rows[i], units);
        }
    }

    /** What the loss changes by the logits of an example; to be filled for all four before the way back. */
    double[] lastDelta(int slot) {
        return deltas[deltas.length - 1][slot];
    }

    /** Adds the gradient of the four examples. */
    void backward() {
        for (int layer = outputs.length - 1; layer > 0; layer--) {
            biasesBack(layer);
            unitsBack(layer);
        }
        biasesBack(0);
        for (int i = 0; i < inputs; i++) {
            boolean isActive = false;
            for (int slot = 0; slot < FOUR; slot++) {
                four[slot] = features[slot][featuresFrom[slot] + i];
                isActive |= four[slot] != 0;
            }
            if (isActive) {
                VectorLoops.addFour(four, deltas[0], 0, gradient.weights(0, i));
            }
        }
    }

    private void biasesBack(int layer) {
        for (double[] delta : deltas[layer]) {
            VectorLoops.add(1, delta, gradient.biases(layer));
        }
    }

    private void unitsBack(int layer) {
        double[][] below = outputs[layer - 1];
        double[][] deltasBelow = deltas[layer - 1];
        for (int i = 0; i < below[0].length; i++) {
            boolean isActive = false;
            for (int slot = 0; slot < FOUR; slot++) {
                four[slot] = below[slot][i];
                isActive |= four[slot] != 0;
            }
            if (isActive) {
                VectorLoops.addFour(four, deltas[layer], 0, gradient.weights(layer, i));
                VectorLoops.dotFour(parameters.weights(layer, i), deltas[layer], four);
            }
            for (int slot = 0; slot < FOUR; slot++) {
                deltasBelow[slot][i] = below[slot][i] == 0 ? 0 : four[slot];
            }
        }
    }
}
