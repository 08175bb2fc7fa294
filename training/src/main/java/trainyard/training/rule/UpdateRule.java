package trainyard.training.rule;

import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;

/** A way to train with several workers. A value without state; {@link #play} makes what one run needs. */
public interface UpdateRule {

    /** The word of scenarios, such as {@code k-sync}. */
    String name();

    /**
     * What happens in one run.
     *
     * @param context clock, workers, network and model of that run
     * @throws IllegalArgumentException if the rule does not fit the number of workers
     */
    WorkerListener play(TrainingContext context);

    /** Whether workers talk to parameter servers, so that there must be at least one. */
    boolean needsServer();

    /** Whether what its workers send can be compressed. */
    default boolean compresses() {
        return true;
    }

    /**
     * Workers that read examples, each its share of them.
     *
     * @param workers of the run
     */
    default int readers(int workers) {
        return workers;
    }

    /**
     * The optimizer of the shared parameters.
     *
     * @param optimizer that of the run, for the parameters that gradients change
     */
    default Optimizer sharedOptimizer(Optimizer optimizer) {
        return optimizer;
    }
}
