package trainyard.parallel.model.feedforward;

import java.util.List;
import trainyard.parallel.model.Operator;

/**
 * One step of a network on the feature maps of a batch. Each says what training keeps of it: a product and a batch norm
 * their input, a pooling its input, an activation nothing, since its result is the input of what follows.
 */
sealed interface Operation {

    double parameters();

    /**
     * Adds its operators.
     *
     * @param images images of the micro-batch
     * @param bytes bytes of one element
     */
    void addOperators(double images, double bytes, List<Operator> out);

    /**
     * A convolution.
     *
     * @param first whether its input are the images, whose gradient nobody needs
     * @param bias whether each output channel adds a bias; without one where batch norm follows
     */
    record Convolve(FeatureMap input, FeatureMap output, Window window, boolean first, boolean bias)
            implements Operation {

        @Override
        public double parameters() {
            double weights = (double) input.channels() * output.channels() * window.pixels();
            return weights + (bias ? output.channels() : 0);
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            out.add(new Operator.Convolution(
                    "convolution " + window.height() + "x" + window.width(),
                    1,
                    images * output.pixels(),
                    output.channels(),
                    (double) input.channels() * window.pixels(),
                    !first,
                    bytes * (images * input.elements())));
        }
    }

    /** Batch norm (Ioffe and Szegedy 2015): statistics, then scale and shift; backward two sums, then the gradient. */
    record BatchNorm(FeatureMap map) implements Operation {

        @Override
        public double parameters() {
            return 2.0 * map.channels();
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            double map = bytes * images * this.map.elements();
            out.add(new Operator.Streaming("batch norm", 3 * map, 5 * map, 2, 2, false, map));
        }
    }

    /** ReLU: one pass forward, backward by the sign of the result. */
    record Activate(FeatureMap map) implements Operation {

        @Override
        public double parameters() {
            return 0;
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            double map = bytes * images * this.map.elements();
            out.add(new Operator.Streaming("relu", 2 * map, 3 * map, 1, 1, false, 0));
        }
    }

    /** Maximum or mean of windows. */
    record Pool(FeatureMap input, FeatureMap output) implements Operation {

        @Override
        public double parameters() {
            return 0;
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            double in = bytes * images * input.elements();
            double result = bytes * images * output.elements();
            out.add(new Operator.Streaming("pooling", in + result, 2 * in + 2 * result, 1, 1, false, in));
        }
    }

    /** Sum of two branches, or branches laid side by side: both are read and written. */
    record Join(FeatureMap map, boolean sum) implements Operation {

        @Override
        public double parameters() {
            return 0;
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            double map = bytes * images * this.map.elements();
            double passes = sum ? 3 : 2;
            out.add(new Operator.Streaming(sum ? "add" : "concatenate", passes * map, 2 * map, 1, 1, false, 0));
        }
    }

    /** Dropout: a random number and a mask for each value. */
    record Drop(FeatureMap map) implements Operation {

        @Override
        public double parameters() {
            return 0;
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            double elements = images * map.elements();
            double moved = (2 * bytes + 1) * elements;
            out.add(new Operator.Streaming("dropout", moved, moved, 1, 1, elements, false, elements));
        }
    }

    /** Every output from every input, with biases. */
    record Connect(int inputs, int outputs) implements Operation {

        @Override
        public double parameters() {
            return (double) outputs * (inputs + 1);
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            out.add(Operator.MatrixMultiply.ofWeight(
                    "fully connected", images, outputs, inputs, bytes * images * inputs));
        }
    }

    /** Softmax and cross entropy over the classes, in 32 bits. */
    record Classify(int classes) implements Operation {

        @Override
        public double parameters() {
            return 0;
        }

        @Override
        public void addOperators(double images, double bytes, List<Operator> out) {
            double logits = 4 * images * classes;
            out.add(new Operator.Streaming("cross entropy", 3 * logits, 2 * logits, 2, 1, false, logits));
        }
    }
}
