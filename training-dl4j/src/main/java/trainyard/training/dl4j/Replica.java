package trainyard.training.dl4j;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import trainyard.training.network.Dataset;
import trainyard.training.network.NetworkSpec;

/** A network in single precision that one process of a real run trains; its parameters lie in DL4J's order. */
final class Replica {

    private final MultiLayerNetwork network;
    private final int[] places;

    /**
     * @param start parameters in the order of blocks
     */
    Replica(NetworkSpec spec, Dataset data, double[] start) {
        if (!(LayeredNetworks.of(spec, data) instanceof LayeredNetwork layered)) {
            throw new IllegalArgumentException("no layered network: " + spec);
        }
        network = layered.network().convertDataType(DataType.FLOAT);
        network.initGradientsView();
        places = layered.places().indices();
        float[] own = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            own[places[i]] = (float) start[i];
        }
        set(own);
    }

    /** Where each parameter, in the order of blocks, lies in the arrays here. */
    int[] places() {
        return places.clone();
    }

    int parameters() {
        return places.length;
    }

    void set(float[] parameters) {
        buffer(network.params()).put(parameters);
    }

    void get(float[] parameters) {
        buffer(network.params()).get(parameters);
    }

    /** Takes a part of an array off the parameters. */
    void descend(float[] gradient, double step) {
        INDArray down = Nd4j.createFromArray(gradient).reshape(network.params().shape());
        network.params().subi(down.muli(step));
    }

    /** The gradient of the sum of the losses of a batch. */
    void gradient(INDArray inputs, INDArray outputs, float[] gradient) {
        network.setInput(inputs);
        network.setLabels(outputs);
        network.computeGradientAndScore();
        buffer(network.getGradientsViewArray()).get(gradient);
    }

    /** The values as the native library has them. */
    private static FloatBuffer buffer(INDArray array) {
        FloatBuffer whole = array.data().asNioFloat();
        whole.position(Math.toIntExact(array.offset() - array.data().offset()));
        return whole;
    }
}
