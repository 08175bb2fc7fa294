package trainyard.training.lowcomm;

/**
 * A model of equal layers on one replica.
 *
 * @param layers L, 1 or more
 * @param parameters of all layers, positive
 * @param stepSeconds computation of one step, without waiting; positive
 */
public record LayeredModel(int layers, double parameters, double stepSeconds) {

    public LayeredModel {
        if (layers < 1 || !(parameters > 0) || !(stepSeconds > 0)) {
            throw new IllegalArgumentException("a model needs layers, parameters and a positive step time");
        }
    }

    /**
     * Time of one pass over one layer, in seconds. A step has {@code 3 L - 1} passes of equal cost: forward, backward by activations
     * and backward by parameters of each layer, but none by the activations of the first.
     */
    public double passSeconds() {
        return stepSeconds / (3.0 * layers - 1);
    }

    /** Parameters of one layer. */
    public double layerParameters() {
        return parameters / layers;
    }
}
