package trainyard.parallel.schedule;

/**
 * What an automatic schedule is made from: means over the stages, as a framework profiles them before it decides.
 *
 * @param forward forward pass of one micro-batch through one chunk; any unit of time, the same for all
 * @param inputBackward backward pass that yields the input's gradient
 * @param weight pass that yields the weights' gradient
 * @param message one stage-to-stage message
 * @param keptForWeight share of a chunk's activations that stays from the input's to the weights' gradient, in [0, 1]
 */
public record PassEstimates(double forward, double inputBackward, double weight, double message, double keptForWeight) {

    /** Equal passes and free messages, for whoever needs only what a schedule keeps in memory. */
    public static PassEstimates equal(double keptForWeight) {
        return new PassEstimates(1, 1, 1, 0, keptForWeight);
    }

    public PassEstimates {
        boolean negative = forward < 0 || inputBackward < 0 || weight < 0 || message < 0;
        if (negative || !(keptForWeight >= 0 && keptForWeight <= 1)) {
            throw new IllegalArgumentException("times must not be negative and the share kept must lie in [0, 1], got "
                    + forward + ", " + inputBackward + ", " + weight + ", " + message + " and " + keptForWeight);
        }
    }
}
