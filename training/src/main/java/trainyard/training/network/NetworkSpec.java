package trainyard.training.network;

import java.util.List;

/** A network to be trained, without its data: inputs and classes follow from those. */
public sealed interface NetworkSpec {

    /** One linear layer and softmax: logistic regression, a convex problem. */
    record Softmax() implements NetworkSpec {}

    /**
     * Dense layers with ReLU, then softmax.
     *
     * @param hidden width of each hidden layer, at least one
     */
    record Mlp(List<Integer> hidden) implements NetworkSpec {
        public Mlp {
            hidden = List.copyOf(hidden);
            if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
                throw new IllegalArgumentException("a perceptron needs hidden layers of at least one unit: " + hidden);
            }
        }
    }

    /**
     * Two blocks of 3 x 3 convolution, ReLU and 2 x 2 pooling, a dense layer with ReLU, then softmax; for images.
     *
     * @param channels of the first convolution; the second has twice as many
     * @param dense width of the dense layer
     */
    record Cnn(int channels, int dense) implements NetworkSpec {
        public Cnn {
            requirePositive(channels, dense);
        }
    }

    /**
     * One LSTM layer and softmax at each step; for text.
     *
     * @param units of the layer
     */
    record Lstm(int units) implements NetworkSpec {
        public Lstm {
            requirePositive(units);
        }
    }

    /**
     * An embedding, one causal transformer block before softmax at each step; for text.
     *
     * @param width of the residual stream
     * @param heads divide the width
     */
    record Transformer(int width, int heads) implements NetworkSpec {
        public Transformer {
            requirePositive(width, heads);
            if (width % heads != 0) {
                throw new IllegalArgumentException(heads + " heads do not divide the width " + width);
            }
        }
    }

    private static void requirePositive(int... sizes) {
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a size of a network must be 1 or more, not " + size);
            }
        }
    }
}
