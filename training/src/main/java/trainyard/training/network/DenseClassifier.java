package trainyard.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.Batch;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.Problem;

/**
 * Dense layers with ReLU before softmax and cross entropy, in plain arrays of doubles. Examples pass one by one, so that the
 * parameters of a small network stay in the cache of a core, and what is 0 is skipped: half of the pixels of a digit, and the
 * units that ReLU switches off.
 */
final class DenseClassifier implements Problem {
    private final List<ParameterBlock> blocks;
    private final double[] start;
    private final Dataset.Labelled data;
    private final DataOrder order;
    private final int inputs;
    /** Outputs of each layer, then what the loss changes by them. */
    private final double[][] outputs;

    private final double[][] deltas;

    DenseClassifier(DenseLayers layers, Dataset.Labelled data, DataOrder order, RandomStreams streams) {
        blocks = layers.blocks();
        start = layers.start(streams);
        this.data = data;
        this.order = order;
        inputs = layers.widths().get(0);
        outputs = new double[layers.layers()][];
        deltas = new double[layers.layers()][];
        for (int layer = 0; layer < outputs.length; layer++) {
            outputs[layer] = new double[layers.widths().get(layer + 1)];
            deltas[layer] = new double[outputs[layer].length];
        }
    }

    @Override
    public List<ParameterBlock> blocks() {
        return blocks;
    }

    @Override
    public double[] start() {
        return start.clone();
    }

    @Override
    public OptionalLong epoch() {
        return OptionalLong.of(data.rows());
    }

    @Override
    public void gradient(double[] parameters, Batch batch, double[] gradient) {
        int[] rows = new int[batch.examples()];
        order.rows(batch, rows);
        Arrays.fill(gradient, 0);
        int last = outputs.length - 1;
        for (int row : rows) {
            double[] probabilities = forward(parameters, data.train(), row);
            int label = data.train().labels()[row];
            SoftmaxLoss.probabilities(probabilities, label);
            probabilities[label] -= 1;
            for (int i = 0; i < probabilities.length; i++) {
                deltas[last][i] = probabilities[i] / rows.length;
            }
            backward(parameters, row, gradient);
        }
    }

    @Override
    public double loss(double[] parameters) {
        int[] labels = data.train().labels();
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum += SoftmaxLoss.probabilities(forward(parameters, data.train(), row), labels[row]);
        }
        return sum / labels.length;
    }

    @Override
    public OptionalDouble accuracy(double[] parameters) {
        int[] labels = data.test().labels();
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            if (SoftmaxLoss.greatest(forward(parameters, data.test(), row)) == labels[row]) {
                right++;
            }
        }
        return labels.length == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / labels.length);
    }

    /** Fills the outputs of each layer and returns the logits. */
    private double[] forward(double[] parameters, Dataset.Examples examples, int row) {
        firstLayer(parameters, examples.features(), row * inputs);
        for (int layer = 1; layer < outputs.length; layer++) {
            double[] below = outputs[layer - 1];
            rectify(below);
            double[] units = biases(parameters, layer);
            int weights = blocks.get(2 * layer).offset();
            for (int i = 0; i < below.length; i++) {
                if (below[i] != 0) {
                    VectorLoops.addScaled(below[i], parameters, weights + i * units.length, units, 0, units.length);
                }
            }
        }
        return outputs[outputs.length - 1];
    }

    private void firstLayer(double[] parameters, float[] features, int from) {
        double[] units = biases(parameters, 0);
        for (int i = 0; i < inputs; i++) {
            double feature = features[from + i];
            if (feature != 0) {
                VectorLoops.addScaled(feature, parameters, i * units.length, units, 0, units.length);
            }
        }
    }

    private double[] biases(double[] parameters, int layer) {
        double[] units = outputs[layer];
        System.arraycopy(parameters, blocks.get(2 * layer + 1).offset(), units, 0, units.length);
        return units;
    }

    /** ReLU that leaves what is not a number as it is. */
    private static void rectify(double[] units) {
        for (int i = 0; i < units.length; i++) {
            if (units[i] < 0) {
                units[i] = 0;
            }
        }
    }

    /** Adds the gradient of an example, whose outputs and last deltas are in place. */
    private void backward(double[] parameters, int row, double[] gradient) {
        for (int layer = outputs.length - 1; layer > 0; layer--) {
            double[] delta = addToBiases(layer, gradient);
            double[] below = outputs[layer - 1];
            int weights = blocks.get(2 * layer).offset();
            for (int i = 0; i < below.length; i++) {
                int from = weights + i * delta.length;
                if (below[i] == 0) {
                    deltas[layer - 1][i] = 0;
                } else {
                    VectorLoops.addScaled(below[i], delta, 0, gradient, from, delta.length);
                    deltas[layer - 1][i] = VectorLoops.dot(parameters, from, delta, delta.length);
                }
            }
        }
        double[] delta = addToBiases(0, gradient);
        float[] features = data.train().features();
        for (int i = 0; i < inputs; i++) {
            double feature = features[row * inputs + i];
            if (feature != 0) {
                VectorLoops.addScaled(feature, delta, 0, gradient, i * delta.length, delta.length);
            }
        }
    }

    private double[] addToBiases(int layer, double[] gradient) {
        double[] delta = deltas[layer];
        VectorLoops.addScaled(1, delta, 0, gradient, blocks.get(2 * layer + 1).offset(), delta.length);
        return delta;
    }
}
