package trainyard.training.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link MultiLayerNetwork}: its backward pass gives the gradient, and its updaters are never asked. */
final class LayeredNetwork implements Computation {
    private final List<Part> parts;
    private final MultiLayerNetwork network;
    private final ParameterPlaces places;

    LayeredNetwork(MultiLayerConfiguration configuration, List<Part> parts) {
        this.parts = parts;
        network = new MultiLayerNetwork(configuration);
        network.init();
        network.initGradientsView();
        places = ParameterPlaces.of(parts, network);
    }

    /** The network itself. */
    MultiLayerNetwork network() {
        return network;
    }

    /** Where each parameter lies in the network. */
    ParameterPlaces places() {
        return places;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    @Override
    public void at(double[] parameters) {
        INDArray own = network.params();
        own.assign(Nd4j.createFromArray(places.toDl4j(parameters)).reshape(own.shape()));
    }

    /** DL4J adds up the gradients of a batch; only its updaters would divide by the number of examples. */
    @Override
    public void gradient(INDArray inputs, INDArray outputs, double factor, double[] gradient) {
        network.setInput(inputs);
        network.setLabels(outputs);
        network.computeGradientAndScore();
        places.fromDl4j(network.getGradientsViewArray().data().asDouble(), factor, gradient);
    }

    @Override
    public INDArray probabilities(INDArray inputs) {
        return network.output(inputs, false);
    }
}
