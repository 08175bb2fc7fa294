package trainyard.training.dl4j.calibration;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import trainyard.sim.random.RandomStreams;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.dl4j.Dl4jBackend;
import trainyard.training.dl4j.Replica;
import trainyard.training.network.Dataset;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.ShuffledShards;

/** Makes the networks of jobs, with random examples: what they learn does not matter here. */
final class JobNetworks {

    private static final long SEED = 1;
    private static final double LEARNING_RATE = 1e-3;
    private static final int[] KERNEL = {3, 3};
    private static final int[] POOL = {2, 2};

    private JobNetworks() {}

    /** A network and its batch, ready to be trained. */
    static Running start(Work.Job job) {
        Nd4j.getRandom().setSeed(SEED);
        if (job.network() instanceof NetworkSpec.Transformer block) {
            return new TransformerJob(block, (InputShape.Text) job.input(), job.batch(), updater(job.optimizer()));
        }
        MultiLayerNetwork network = network(job);
        DataSet batch = batch(job);
        return new Running() {
            @Override
            public void repeat() {
                network.fit(batch);
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }

    /** Whether its gradient can be had without an update. */
    static boolean isLayered(Work.Job job) {
        return !(job.network() instanceof NetworkSpec.Transformer || job.network() instanceof NetworkSpec.Softmax);
    }

    /** A network and its batch, and what a process of a real run does for an update besides exchange. */
    static Running gradient(Work.Job job) {
        RandomStreams streams = new RandomStreams(SEED, 0);
        Dataset data = JobExamples.of(job.input(), job.batch(), streams);
        DataOrder order = ShuffledShards.everyRow(data.rows(), streams);
        double[] start =
                new Dl4jBackend().problem(job.network(), data, order, streams).start();
        Replica replica = Replica.of(job.network(), data, start);
        Replica.Batch batch =
                Replica.Batch.of(data, IntStream.range(0, data.rows()).toArray());
        float[] gradient = new float[replica.parameters()];
        return new Running() {
            @Override
            public void repeat() {
                replica.gradient(batch, gradient);
                replica.descend(gradient, LEARNING_RATE);
            }

            @Override
            public void close() {
                replica.close();
            }
        };
    }

    static MultiLayerNetwork network(Work.Job job) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(job));
        network.init();
        return network;
    }

    private static IUpdater updater(OptimizerStep optimizer) {
        return optimizer == OptimizerStep.ADAM ? new Adam(LEARNING_RATE) : new Sgd(LEARNING_RATE);
    }

    private static MultiLayerConfiguration configuration(Work.Job job) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .dataType(DataType.FLOAT)
                .updater(updater(job.optimizer()))
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.RELU)
                .convolutionMode(ConvolutionMode.Same)
                .list();
        if (job.network() instanceof NetworkSpec.Mlp mlp) {
            mlp.hidden()
                    .forEach(width ->
                            layers.layer(new DenseLayer.Builder().nOut(width).build()));
            output(layers, job);
        } else if (job.network() instanceof NetworkSpec.Cnn cnn) {
            convolutions(layers, cnn);
            output(layers, job);
        } else if (job.network() instanceof NetworkSpec.Lstm lstm) {
            layers.layer(new LSTM.Builder()
                            .nOut(lstm.units())
                            .activation(Activation.TANH)
                            .build())
                    .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(job.input().classes())
                            .activation(Activation.SOFTMAX)
                            .build());
        } else {
            throw new IllegalArgumentException("no DL4J job of " + job.network());
        }
        return layers.setInputType(inputType(job.input())).build();
    }

    private static void convolutions(NeuralNetConfiguration.ListBuilder layers, NetworkSpec.Cnn cnn) {
        for (int channels : new int[] {cnn.channels(), 2 * cnn.channels()}) {
            layers.layer(new ConvolutionLayer.Builder(KERNEL).nOut(channels).build())
                    .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, POOL, POOL).build());
        }
        layers.layer(new DenseLayer.Builder().nOut(cnn.dense()).build());
    }

    private static void output(NeuralNetConfiguration.ListBuilder layers, Work.Job job) {
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(job.input().classes())
                .activation(Activation.SOFTMAX)
                .build());
    }

    private static InputType inputType(InputShape input) {
        if (input instanceof InputShape.Vector vector) {
            return InputType.feedForward(vector.features());
        }
        if (input instanceof InputShape.Image image) {
            return InputType.convolutionalFlat(image.height(), image.width(), 1);
        }
        InputShape.Text text = (InputShape.Text) input;
        return InputType.recurrent(text.classes(), text.length());
    }

    private static DataSet batch(Work.Job job) {
        int classes = job.input().classes();
        if (job.input() instanceof InputShape.Text text) {
            INDArray labels = Nd4j.zeros(DataType.FLOAT, job.batch(), classes, text.length());
            for (int row = 0; row < job.batch(); row++) {
                for (int step = 0; step < text.length(); step++) {
                    labels.putScalar(row, (row + step) % classes, step, 1);
                }
            }
            return new DataSet(Nd4j.rand(DataType.FLOAT, job.batch(), classes, text.length()), labels);
        }
        int features = job.input() instanceof InputShape.Image image
                ? image.height() * image.width()
                : ((InputShape.Vector) job.input()).features();
        return new DataSet(Nd4j.rand(DataType.FLOAT, job.batch(), features), oneHot(job.batch(), classes));
    }

    /** Labels of the classes in turn. */
    static INDArray oneHot(int rows, int classes) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, classes);
        for (int row = 0; row < rows; row++) {
            labels.putScalar(row, row % classes, 1);
        }
        return labels;
    }
}
