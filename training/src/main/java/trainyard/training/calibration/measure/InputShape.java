package trainyard.training.calibration.measure;

/** Shape of the examples of a job. */
public sealed interface InputShape {

    /** Number of classes, or of symbols. */
    int classes();

    /**
     * Vectors with a class each.
     *
     * @param features values of a vector
     * @param classes number of classes
     */
    record Vector(int features, int classes) implements InputShape {}

    /**
     * Images of one channel with a class each.
     *
     * @param height in pixels
     * @param width in pixels
     * @param classes number of classes
     */
    record Image(int height, int width, int classes) implements InputShape {}

    /**
     * Sequences of symbols, each of which is to be predicted.
     *
     * @param length symbols of a sequence
     * @param classes number of symbols
     */
    record Text(int length, int classes) implements InputShape {}
}
