package trainyard.training.calibration.measure;

/** What applies a gradient. */
public enum OptimizerStep {
    /** Gradient descent: reads gradient and parameter, writes the parameter. */
    SGD(3),
    /** Adam: besides these reads and writes two moments. */
    ADAM(7);

    private final int passes;

    OptimizerStep(int passes) {
        this.passes = passes;
    }

    /** How often it reads or writes as many values as there are parameters. */
    public int passes() {
        return passes;
    }
}
