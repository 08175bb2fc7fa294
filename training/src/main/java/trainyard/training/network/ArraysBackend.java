package trainyard.training.network;

import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.Problem;

/** Softmax and perceptrons in plain arrays: no native code, the same bits on every machine. */
public final class ArraysBackend implements NetworkBackend {

    @Override
    public String name() {
        return "arrays";
    }

    @Override
    public boolean supports(NetworkSpec network) {
        return network instanceof NetworkSpec.Softmax || network instanceof NetworkSpec.Mlp;
    }

    @Override
    public Problem problem(NetworkSpec network, Dataset data, DataOrder order, RandomStreams streams) {
        if (network instanceof NetworkSpec.Softmax && data instanceof Dataset.Text text) {
            return new BigramClassifier(text, order, streams);
        }
        if (data instanceof Dataset.Labelled labelled) {
            if (network instanceof NetworkSpec.Softmax softmax) {
                return new DenseClassifier(DenseLayers.of(softmax, labelled), labelled, order, streams);
            }
            if (network instanceof NetworkSpec.Mlp perceptron) {
                return new DenseClassifier(DenseLayers.of(perceptron, labelled), labelled, order, streams);
            }
        }
        throw new IllegalArgumentException(
                "plain arrays know softmax, and perceptrons on feature vectors, not " + network);
    }
}
