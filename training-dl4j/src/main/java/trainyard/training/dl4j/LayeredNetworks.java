package trainyard.training.dl4j;

import static trainyard.training.network.InitialWeights.glorot;
import static trainyard.training.network.InitialWeights.he;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import trainyard.training.network.Dataset;
import trainyard.training.network.DenseLayers;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.ParameterBlock;

/** Networks of layers in DL4J's words. Nothing is dropped out or regularised, and DL4J updates nothing: it gives gradients alone. */
final class LayeredNetworks {
    private static final int KERNEL = 3;
    private static final int POOL = 2;
    /** Gates of an LSTM; the columns of the second one, in DL4J's order, are those that forget. */
    private static final int GATES = 4;

    private LayeredNetworks() {}

    /**
     * @throws IllegalArgumentException if the network does not fit the data
     */
    static Computation of(NetworkSpec network, Dataset data) {
        if (data instanceof Dataset.Labelled labelled) {
            if (network instanceof NetworkSpec.Softmax softmax) {
                return dense(DenseLayers.of(softmax, labelled));
            }
            if (network instanceof NetworkSpec.Mlp perceptron) {
                return dense(DenseLayers.of(perceptron, labelled));
            }
            if (network instanceof NetworkSpec.Cnn cnn) {
                return convolutional(cnn, labelled);
            }
        } else if (data instanceof Dataset.Text text) {
            if (network instanceof NetworkSpec.Softmax) {
                return bigrams(text);
            }
            if (network instanceof NetworkSpec.Lstm lstm) {
                return recurrent(lstm, text);
            }
            if (network instanceof NetworkSpec.Transformer transformer) {
                return new TransformerNetwork(transformer, text);
            }
        }
        throw new IllegalArgumentException(network
                + " does not fit its data: perceptrons and convolutions learn from feature vectors, LSTM and transformers"
                + " from text");
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.ZERO)
                .updater(new NoOp());
    }

    /** Without DL4J's floor of probabilities. */
    private static LossMCXENT crossEntropy() {
        return new LossMCXENT(0, null);
    }

    private static OutputLayer classes(int inputs, int classes) {
        return new OutputLayer.Builder(crossEntropy())
                .nIn(inputs)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static RnnOutputLayer symbols(int inputs, int classes) {
        return new RnnOutputLayer.Builder(crossEntropy())
                .nIn(inputs)
                .nOut(classes)
                .dataFormat(RNNFormat.NCW)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static DenseLayer rectified(int inputs, int units) {
        return new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(units)
                .activation(Activation.RELU)
                .build();
    }

    private static Computation dense(DenseLayers layers) {
        NeuralNetConfiguration.ListBuilder network = builder().list();
        Part.Sequence parts = new Part.Sequence();
        List<ParameterBlock> blocks = layers.blocks();
        int last = layers.layers() - 1;
        for (int layer = 0; layer <= last; layer++) {
            ParameterBlock weights = blocks.get(2 * layer);
            int inputs = weights.rows();
            int units = weights.columns();
            network.layer(layer < last ? rectified(inputs, units) : classes(inputs, units));
            String name = weights.name().substring(0, weights.name().lastIndexOf(' '));
            parts.layer().dense(name, inputs, units, layer, layer < last ? he(inputs) : glorot(inputs, units));
        }
        return new LayeredNetwork(network.build(), parts.all());
    }

    /** Softmax of the next symbol given the last. */
    private static Computation bigrams(Dataset.Text text) {
        int symbols = text.classes();
        Part.Sequence parts =
                new Part.Sequence().layer().dense("output", symbols, symbols, 0, glorot(symbols, symbols));
        return new LayeredNetwork(
                builder().list().layer(symbols(symbols, symbols)).build(), parts.all());
    }

    private static Computation convolutional(NetworkSpec.Cnn cnn, Dataset.Labelled data) {
        int first = cnn.channels();
        int second = 2 * first;
        int pixels = pooled(pooled(data.height())) * pooled(pooled(data.width()));
        if (pixels == 0) {
            throw new IllegalArgumentException("two convolutions with pooling need images of at least 4 x 4, not "
                    + data.height() + " x " + data.width());
        }
        NeuralNetConfiguration.ListBuilder network = builder()
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(convolution(1, first))
                .layer(pooling())
                .layer(convolution(first, second))
                .layer(pooling())
                .layer(rectified(second * pixels, cnn.dense()))
                .layer(classes(cnn.dense(), data.classes()))
                .setInputType(InputType.convolutionalFlat(data.height(), data.width(), 1));
        int window = KERNEL * KERNEL;
        Part.Sequence parts = new Part.Sequence()
                .layer()
                .dense("convolution 1", window, first, 0, he(window))
                .layer()
                .dense("convolution 2", first * window, second, 2, he(first * window))
                .layer()
                .dense("hidden 1", second * pixels, cnn.dense(), 4, he(second * pixels))
                .layer()
                .dense("output", cnn.dense(), data.classes(), 5, glorot(cnn.dense(), data.classes()));
        return new LayeredNetwork(network.build(), parts.all());
    }

    private static int pooled(int pixels) {
        return pixels / POOL;
    }

    private static ConvolutionLayer convolution(int inputs, int channels) {
        return new ConvolutionLayer.Builder(KERNEL, KERNEL)
                .nIn(inputs)
                .nOut(channels)
                .activation(Activation.RELU)
                .build();
    }

    /** Pixels beyond the last whole window of an odd side are left out. */
    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(POOL, POOL)
                .stride(POOL, POOL)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
    }

    private static Computation recurrent(NetworkSpec.Lstm lstm, Dataset.Text text) {
        int units = lstm.units();
        int symbols = text.classes();
        Part.Sequence parts = new Part.Sequence()
                .layer()
                .add("lstm weights", symbols, GATES * units, 0, "W", Part.Start.normal(glorot(symbols, units)))
                .add("lstm recurrent weights", units, GATES * units, 0, "RW", Part.Start.normal(glorot(units, units)))
                .add("lstm biases", 1, GATES * units, 0, "b", Part.Start.columns(1, units, 2 * units))
                .layer()
                .dense("output", units, symbols, 1, glorot(units, symbols));
        LSTM layer = new LSTM.Builder()
                .nIn(symbols)
                .nOut(units)
                .dataFormat(RNNFormat.NCW)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .build();
        return new LayeredNetwork(
                builder().list().layer(layer).layer(symbols(units, symbols)).build(), parts.all());
    }
}
