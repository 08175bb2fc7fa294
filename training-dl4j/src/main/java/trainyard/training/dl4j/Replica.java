package trainyard.training.dl4j;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import trainyard.training.network.Dataset;
import trainyard.training.network.NetworkSpec;

/**
 * A network in single precision whose gradients are taken to arrays and whose parameters are changed from arrays, in DL4J's order.
 * Processes of a real run train it, and a calibration times it: what is timed is what runs.
 */
public final class Replica implements AutoCloseable {

    private final MultiLayerNetwork network;
    private final int[] places;

    /**
     * Examples as the network takes them.
     *
     * @param inputs one after the other, in single precision
     * @param outputs a 1 at the right class of each
     */
    public record Batch(INDArray inputs, INDArray outputs) {

        /** Some rows of the training data. */
        public static Batch of(Dataset data, int[] rows) {
            Examples examples = Examples.training(data);
            return new Batch(
                    examples.inputs(rows).castTo(DataType.FLOAT),
                    examples.outputs(rows).castTo(DataType.FLOAT));
        }
    }

    private Replica(LayeredNetwork layered) {
        network = layered.network().convertDataType(DataType.FLOAT);
        network.initGradientsView();
        places = layered.places().indices();
    }

    /**
     * A network at some parameters.
     *
     * @param start parameters in the order of blocks
     * @throws IllegalArgumentException if the network has no layers or does not fit the data
     */
    public static Replica of(NetworkSpec spec, Dataset data, double[] start) {
        if (!(LayeredNetworks.of(spec, data) instanceof LayeredNetwork layered)) {
            throw new IllegalArgumentException("no layered network: " + spec);
        }
        Replica replica = new Replica(layered);
        float[] own = new float[replica.places.length];
        for (int i = 0; i < own.length; i++) {
            own[replica.places[i]] = (float) start[i];
        }
        replica.set(own);
        return replica;
    }

    /** Where each parameter, in the order of blocks, lies in the arrays here. */
    int[] places() {
        return places.clone();
    }

    /** How many parameters it has: the length of all arrays. */
    public int parameters() {
        return places.length;
    }

    /** Takes the parameters from an array. */
    public void set(float[] parameters) {
        buffer(network.params()).put(parameters);
    }

    /** Copies the parameters to an array. */
    public void get(float[] parameters) {
        buffer(network.params()).get(parameters);
    }

    /** Takes a part of an array off the parameters. */
    public void descend(float[] gradient, double step) {
        INDArray down = Nd4j.createFromArray(gradient).reshape(network.params().shape());
        network.params().subi(down.muli(step));
    }

    /**
     * Works out the gradient of the sum of the losses of a batch.
     *
     * @param gradient is overwritten
     */
    public void gradient(Batch batch, float[] gradient) {
        network.setInput(batch.inputs());
        network.setLabels(batch.outputs());
        network.computeGradientAndScore();
        buffer(network.getGradientsViewArray()).get(gradient);
    }

    /** The values as the native library has them. */
    private static FloatBuffer buffer(INDArray array) {
        FloatBuffer whole = array.data().asNioFloat();
        whole.position(Math.toIntExact(array.offset() - array.data().offset()));
        return whole;
    }

    @Override
    public void close() {
        network.close();
    }
}
