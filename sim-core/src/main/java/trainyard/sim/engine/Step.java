package trainyard.sim.engine;

/**
 * What a model does next, once its waiting is over: usually a method of the model, such as {@code this::finishRepair}.
 */
@FunctionalInterface
public interface Step {

    /**
     * Runs the step.
     *
     * @param nowNanos the present time
     */
    void run(long nowNanos);
}
