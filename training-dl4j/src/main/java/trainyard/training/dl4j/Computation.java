package trainyard.training.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network that DL4J or ND4J works out at parameters that are given to it, in the order of its parts. */
interface Computation {

    /** What the parameters are, in their order and without gaps. */
    List<Part> parts();

    /** Sets the parameters of what is worked out next. */
    void at(double[] parameters);

    /**
     * The gradient of the sum of the losses of all predictions.
     *
     * @param inputs examples
     * @param outputs a 1 at the right class of each prediction
     * @param factor of each value
     * @param gradient is overwritten
     */
    void gradient(INDArray inputs, INDArray outputs, double factor, double[] gradient);

    /** Probabilities of the classes, in the shape of outputs. */
    INDArray probabilities(INDArray inputs);
}
