package trainyard.training.network;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * The parameters of dense layers one behind the other. A layer has two blocks: {@code weights}, one row for each input and one
 * column for each unit, then {@code biases}, a vector. Hidden layers are called {@code hidden 1} and so on, the last one
 * {@code output}.
 *
 * @param widths number of inputs, units of each hidden layer, number of classes
 */
public record DenseLayers(List<Integer> widths) {

    public DenseLayers {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("dense layers need inputs and outputs of 1 or more, not " + widths);
        }
    }

    /** Softmax on features. */
    public static DenseLayers of(NetworkSpec.Softmax softmax, Dataset.Labelled data) {
        return new DenseLayers(List.of(data.features(), data.classes()));
    }

    /** A perceptron on features. */
    public static DenseLayers of(NetworkSpec.Mlp perceptron, Dataset.Labelled data) {
        List<Integer> widths = new ArrayList<>();
        widths.add(data.features());
        widths.addAll(perceptron.hidden());
        widths.add(data.classes());
        return new DenseLayers(widths);
    }

    /** Number of layers. */
    public int layers() {
        return widths.size() - 1;
    }

    /** Weights and biases of each layer in turn. */
    public List<ParameterBlock> blocks() {
        List<ParameterBlock> blocks = new ArrayList<>();
        int offset = 0;
        for (int layer = 0; layer < layers(); layer++) {
            String name = layer == layers() - 1 ? "output" : "hidden " + (layer + 1);
            int inputs = widths.get(layer);
            int units = widths.get(layer + 1);
            blocks.add(new ParameterBlock(name + " weights", layer, offset, inputs, units));
            blocks.add(new ParameterBlock(name + " biases", layer, offset + inputs * units, 1, units));
            offset += (inputs + 1) * units;
        }
        return blocks;
    }

    /** Where training starts: hidden weights by {@link InitialWeights#he}, the last ones by Glorot, biases of 0. */
    public double[] start(RandomStreams streams) {
        List<ParameterBlock> blocks = blocks();
        double[] start = new double[blocks.get(blocks.size() - 1).end()];
        for (int layer = 0; layer < layers(); layer++) {
            int inputs = widths.get(layer);
            double deviation = layer < layers() - 1
                    ? InitialWeights.he(inputs)
                    : InitialWeights.glorot(inputs, widths.get(layer + 1));
            InitialWeights.fill(start, blocks.get(2 * layer), deviation, streams);
        }
        return start;
    }
}
