package trainyard.training.network;

import static trainyard.training.network.VectorLoops.FOUR;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.ParameterBlock;
import trainyard.training.problem.RowProblem;

/** Dense layers with ReLU before softmax and cross entropy. */
final class DenseClassifier implements RowProblem {
    private final List<ParameterBlock> blocks;
    private final double[] start;
    private final Dataset.Labelled data;
    private final DataOrder order;
    private final DensePasses passes;

    DenseClassifier(DenseLayers layers, Dataset.Labelled data, DataOrder order, RandomStreams streams) {
        blocks = layers.blocks();
        start = layers.start(streams);
        this.data = data;
        this.order = order;
        passes = new DensePasses(layers);
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
    public int rows() {
        return data.rows();
    }

    @Override
    public DataOrder order() {
        return order;
    }

    @Override
    public void gradient(double[] parameters, int[] rows, double[] gradient) {
        passes.start(parameters);
        for (int from = 0; from < rows.length; from += FOUR) {
            int used = Math.min(FOUR, rows.length - from);
            for (int slot = 0; slot < FOUR; slot++) {
                if (slot < used) {
                    example(slot, rows[from + slot], 1.0 / rows.length);
                } else {
                    passes.copy(used - 1, slot);
                    Arrays.fill(passes.lastDelta(slot), 0);
                }
            }
            passes.backward();
        }
        passes.end(gradient);
    }

    /** What the mean loss changes by the logits of an example: its probabilities, less one at the label. */
    private void example(int slot, int row, double weight) {
        double[] delta = passes.lastDelta(slot);
        System.arraycopy(passes.forward(slot, data.train(), row), 0, delta, 0, delta.length);
        int label = data.train().labels()[row];
        SoftmaxLoss.probabilities(delta, label);
        delta[label] -= 1;
        for (int i = 0; i < delta.length; i++) {
            delta[i] *= weight;
        }
    }

    @Override
    public double loss(double[] parameters) {
        int[] labels = data.train().labels();
        passes.start(parameters);
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum += SoftmaxLoss.probabilities(passes.forward(0, data.train(), row), labels[row]);
        }
        return sum / labels.length;
    }

    @Override
    public OptionalDouble accuracy(double[] parameters) {
        int[] labels = data.test().labels();
        passes.start(parameters);
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            if (SoftmaxLoss.greatest(passes.forward(0, data.test(), row)) == labels[row]) {
                right++;
            }
        }
        return labels.length == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / labels.length);
    }
}
